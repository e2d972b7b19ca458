package io.hermes.cli;

import io.hermes.cli.api.ApiFailure;
import io.hermes.cli.api.Problem;
import io.hermes.cli.output.Plain;
import io.hermes.cli.session.CommandFailure;
import io.hermes.cli.session.ExitCode;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What people are told when a command fails: one line. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final PrintStream err;

    Failures(PrintStream err) {
        this.err = err;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        say(wrong.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(wrong, command.getErr())) {
            err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.USAGE.number();
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult unused) {
        ExitCode code = switch (failure) {
            case ApiFailure.Refused refused -> of(refused.problem());
            case ApiFailure.Unreachable unreachable -> ExitCode.TEMPORARY;
            case CommandFailure expected -> expected.exitCode();
            default -> ExitCode.UNEXPECTED;
        };
        say(
                code == ExitCode.UNEXPECTED && !(failure instanceof ApiFailure)
                        ? failure.toString()
                        : failure.getMessage());
        return code.number();
    }

    private static ExitCode of(Problem problem) {
        return switch (problem.status()) {
            case 404 -> ExitCode.NOT_FOUND;
            case 408, 429, 502, 503, 504 -> ExitCode.TEMPORARY;
            default -> problem.status() < 500 ? ExitCode.REFUSED : ExitCode.UNEXPECTED;
        };
    }

    private void say(String sentence) {
        err.println("hermes: " + Plain.line(sentence));
    }
}
