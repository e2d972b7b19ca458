package io.hermes.registry.provider;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

@Converter(autoApply = true)
class HealthWords implements AttributeConverter<HealthStatus, String> {

    @Override
    public String convertToDatabaseColumn(HealthStatus health) {
        return health == null ? null : health.word();
    }

    @Override
    public HealthStatus convertToEntityAttribute(String word) {
        return HealthStatus.ofWord(word);
    }
}
