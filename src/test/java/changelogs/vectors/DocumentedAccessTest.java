package changelogs.vectors;

import changelogs.testing.DocumentedAccess;

class DocumentedAccessTest extends DocumentedAccess {

    DocumentedAccessTest() {
        super("vectors");
    }
}
