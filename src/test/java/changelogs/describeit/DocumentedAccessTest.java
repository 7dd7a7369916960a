package changelogs.describeit;

import changelogs.testing.DocumentedAccess;

class DocumentedAccessTest extends DocumentedAccess {

    DocumentedAccessTest() {
        super("describe-it");
    }
}
