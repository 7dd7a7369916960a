package changelogs.polaris;

import changelogs.testing.DocumentedAccess;

class DocumentedAccessTest extends DocumentedAccess {

    DocumentedAccessTest() {
        super("polaris");
    }
}
