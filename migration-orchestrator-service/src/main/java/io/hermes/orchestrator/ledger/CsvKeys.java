package io.hermes.orchestrator.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * Keys of CSV (RFC 4180): the column {@code sourceKey}, wherever it stands. Other columns do not matter; nor do empty lines, a repeated
 * header, and the record that ends a ledger. The header tells whether commas, semicolons or tabs separate: spreadsheets of some countries
 * save semicolons.
 */
final class CsvKeys extends KeyFile {

    private static final String KEY = "sourceKey";
    private static final String SEPARATORS = ",;\t";

    private enum Place {
        AT_START,
        PLAIN,
        QUOTED,
        AFTER_QUOTE
    }

    private final StringBuilder cell = new StringBuilder();
    private List<String> cells = new ArrayList<>();
    private Place place = Place.AT_START;
    private char separator;
    private boolean quotedCell;
    private boolean afterReturn;
    private long recordLine = 1;
    private long quoteLine;
    private int length;
    private List<String> header = List.of();

    @Override
    void character(char character) {
        boolean lineFeedOfReturn = afterReturn && character == '\n' && place != Place.QUOTED;
        afterReturn = character == '\r' && place != Place.QUOTED;
        if (lineFeedOfReturn) {
            return;
        }
        if (cells.isEmpty() && cell.isEmpty() && place == Place.AT_START) {
            recordLine = line();
        }
        if (++length > LONGEST_RECORD) {
            giveUp(
                    place == Place.QUOTED ? quoteLine : recordLine,
                    "begins a record of more than " + LONGEST_RECORD + " characters; a closing quote may be missing");
            return;
        }
        switch (place) {
            case AT_START -> atStart(character);
            case PLAIN -> plain(character);
            case QUOTED -> quoted(character);
            case AFTER_QUOTE -> afterQuote(character);
        }
    }

    private void atStart(char character) {
        if (character == '"') {
            place = Place.QUOTED;
            quotedCell = true;
            quoteLine = line();
        } else {
            place = Place.PLAIN;
            plain(character);
        }
    }

    private void plain(char character) {
        if (separates(character)) {
            endCell();
        } else if (character == '\n' || character == '\r') {
            endRecord();
        } else {
            cell.append(character);
        }
    }

    private void quoted(char character) {
        if (character == '"') {
            place = Place.AFTER_QUOTE;
        } else {
            cell.append(character);
        }
    }

    private void afterQuote(char character) {
        if (character == '"') {
            cell.append('"');
            place = Place.QUOTED;
        } else if (separates(character) || character == '\n' || character == '\r') {
            plain(character);
        } else {
            giveUp(line(), "has text behind a closing quote; a quote inside a quoted value is written twice");
        }
    }

    /** The first of them that stands outside quotes in the header is the one. */
    private boolean separates(char character) {
        if (separator == 0 && header.isEmpty() && SEPARATORS.indexOf(character) >= 0) {
            separator = character;
        }
        return separator != 0 && character == separator;
    }

    private void endCell() {
        cells.add(cell.toString());
        cell.setLength(0);
        place = Place.AT_START;
    }

    private void endRecord() {
        endCell();
        List<String> record = cells;
        boolean empty = record.size() == 1 && record.getFirst().isEmpty() && !quotedCell;
        cells = new ArrayList<>();
        quotedCell = false;
        length = 0;
        if (!empty) {
            take(record);
        }
    }

    @Override
    void finish() {
        if (place == Place.QUOTED) {
            giveUp(quoteLine, "begins a quoted value that never ends; the file may have been cut off");
        } else if (!cells.isEmpty() || !cell.isEmpty() || quotedCell) {
            endRecord();
        }
        if (header.isEmpty()) {
            giveUp(1, "is not there: a header with a column " + KEY + " is needed");
        }
    }

    private void take(List<String> record) {
        if (header.isEmpty()) {
            takeHeader(record);
        } else if (record.size() != header.size()) {
            fault(
                    recordLine,
                    "has %d values where the header has %d; a value with a separator in it needs double quotes"
                            .formatted(record.size(), header.size()));
        } else if (!record.equals(header) && !isEnd(record)) {
            found(recordLine, CsvCell.unguarded(record.get(header.indexOf(KEY))));
        }
    }

    private void takeHeader(List<String> record) {
        header = record;
        if (!record.contains(KEY)) {
            giveUp(recordLine, "is the header and has no column " + KEY);
        }
    }

    private boolean isEnd(List<String> record) {
        int column = header.indexOf(LedgerFormat.RECORD);
        return column >= 0 && record.get(column).equals(LedgerFormat.END);
    }
}
