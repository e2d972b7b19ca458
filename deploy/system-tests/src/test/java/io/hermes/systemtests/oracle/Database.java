package io.hermes.systemtests.oracle;

import io.hermes.stack.StackDescription.PostgresNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/** A way into the orchestrator's database that no pool, proxy or service stands in. */
public final class Database {

    private Database() {}

    /** A fresh connection. */
    public static Connection connect(PostgresNode server) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", server.user());
        login.setProperty("password", server.password());
        login.setProperty("connectTimeout", "2");
        login.setProperty("socketTimeout", "10");
        String url = "jdbc:postgresql://%s:%d/%s".formatted(server.host(), server.port(), server.migrationDatabase());
        return new Driver().connect(url, login);
    }
}
