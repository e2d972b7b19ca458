package io.hermes.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class DemoProvidersTest {

    @Test
    void describesAFolderWhateverItsNameHolds() {
        Object file = new Yaml().load(DemoProviders.yaml(Path.of("/a \"b\": {path} #${HOME} ü")));

        assertThat(file)
                .extracting("providers")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .extracting("config")
                .first()
                .extracting("base_path")
                .isEqualTo("/a \"b\": {path} #$${HOME} ü");
    }
}
