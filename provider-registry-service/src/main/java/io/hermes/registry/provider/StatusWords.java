package io.hermes.registry.provider;

import io.hermes.contract.provider.ProviderStatus;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;

@Converter(autoApply = true)
class StatusWords implements AttributeConverter<ProviderStatus, String> {

    @Override
    public String convertToDatabaseColumn(ProviderStatus status) {
        return status == null ? null : status.word();
    }

    @Override
    public ProviderStatus convertToEntityAttribute(String word) {
        return word == null ? null : ProviderStatus.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
