package io.creditrollover.planted.habits;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import org.postgresql.copy.CopyManager;

class CopiesIntoATable {

    long reported(CopyManager copies, InputStream rows) throws SQLException, IOException {
        return copies.copyIn("copy t from stdin", rows);
    }

    long allowed(CopyManager copies, OutputStream rows) throws SQLException, IOException {
        return copies.copyOut("copy t to stdout", rows);
    }
}
