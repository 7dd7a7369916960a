package changelogs.connect;

import changelogs.testing.DocumentedAccess;

class DocumentedAccessTest extends DocumentedAccess {

    DocumentedAccessTest() {
        super("connect");
    }
}
