package changelogs.rules;

import static changelogs.rules.Example.BOOKS;
import static changelogs.rules.Example.BOOK_COUNT;
import static changelogs.rules.Example.EXACTLY_ONCE;
import static changelogs.rules.Example.LENDING;
import static changelogs.rules.Example.LENDING_CHECKS;
import static changelogs.rules.Example.LENDING_MAIN;
import static changelogs.rules.Example.MAIN;
import static changelogs.rules.Example.NOTHING;
import static changelogs.rules.Example.OUTSIDE;
import static changelogs.rules.Example.changeset;
import static changelogs.rules.Example.precondition;
import static changelogs.rules.Example.running;
import static changelogs.rules.Example.sql;
import static changelogs.rules.Example.sqlFile;
import static changelogs.rules.Example.undoing;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** For each changelog rule, a changelog that breaks it and a similar one that complies. */
final class BrokenChangelogs {

    record Case(String rule, String what, Example bad, Example good) {
    }

    private static final String REFUSE = "private.refuse_data_loss(regclass, boolean, name)";
    private static final String LOCK = "set local lock_timeout = '5s';\n";
    private static final String LEFTOVER = sql("""
            do $$
            begin
                if exists (select from pg_catalog.pg_index where indexrelid = to_regclass('public.shelves_room_library') and not indisvalid) then
                    drop index public.shelves_room_library;
                end if;
            end
            $$;
            """);
    private static final String CONCURRENTLY = sql("set lock_timeout = 0;")
            + sql("create index concurrently if not exists shelves_room_library on public.shelves (room);") + sql("reset lock_timeout;");
    private static final String FOREIGN_KEY = """
            - addForeignKeyConstraint:
                constraintName: books_owner_fkey
                baseTableSchemaName: public
                baseTableName: books
                baseColumnNames: owner
                referencedTableSchemaName: public
                referencedTableName: books
                referencedColumnNames: id
            """;
    private static final String TABLE = """
            - createTable:
                schemaName: public
                tableName: more
                remarks: More.
                columns:
                  - column: { name: id, type: uuid, remarks: Its key. }
            """;
    private static final String DROP_TABLE = sql("select private.refuse_data_loss('public.more', '${allowDataLoss}');")
            + "- dropTable:\n    schemaName: public\n    tableName: more\n";
    private static final String SECURE = "alter table public.more enable row level security;\n";
    private static final String CLOSE = "revoke all on table public.more from public, anon, authenticated, service_role;\n";

    private static final Example CLOSED_TABLE = table(changeset("", TABLE + sql(SECURE + CLOSE), DROP_TABLE));
    private static final String FUNCTION = "create or replace function private.more(p_book uuid)\nreturns void\nas $$\n$$;\n";
    private static final String CLOSE_FUNCTION = "revoke all on function private.more(uuid) from public;\n";
    private static final String DROP_FUNCTION = sql("drop function private.more(uuid);");
    private static final Example CLOSED_FUNCTION = function(FUNCTION + CLOSE_FUNCTION);
    private static final String ON_BOOK_COUNT = "create or replace function private.book_count()\nreturns bigint\nas $$\n$$;\n";
    private static final String ASKING = precondition("CONTINUE",
            "select count(*) from pg_catalog.pg_available_extensions where name = 'none'");
    private static final String WAITING = """
            preConditions:
              - onFail: CONTINUE
              - onFailMessage: It waits for the changeset before.
              - onSqlOutput: TEST
              - changeSetExecuted:
                  id: 0002-more-0
                  author: library
                  changeLogFile: library/0002
            """;

    static final List<Case> ALL = List.of(
            edited("file-comment", "no comment", BOOKS, "# The table public.books and its foreign key to the shelves.\n\n", ""),
            edited("logical-file-path", "the path of another migration", BOOKS, "library/0001", "library/0002"),
            edited("logical-file-path", "a different path per file", BOOKS, "library/0001", "changelog/library/0001-books/books.yaml"),
            edited("logical-file-path", "another path in changelog.yaml", MAIN, "library/changelog", "library/main"),
            edited("logical-file-path", "no path", BOOKS, "databaseChangeLog:\n  - logicalFilePath: library/0001\n", "databaseChangeLog:\n"),
            edited("includes", "a missing migration", MAIN,
                    "  - include:\n      file: 0002-lending/changelog.yaml\n      relativeToChangelogFile: true\n", ""),
            edited("includes", "migrations out of order", MAIN,
                    "0001-books/changelog.yaml\n      relativeToChangelogFile: true\n  - include:\n      file: 0002-lending",
                    "0002-lending/changelog.yaml\n      relativeToChangelogFile: true\n  - include:\n      file: 0001-books"),
            edited("includes", "a path from the root", MAIN, "0002-lending/changelog.yaml\n      relativeToChangelogFile: true",
                    "0002-lending/changelog.yaml"),
            edited("includes", "a part included by changelog.yaml", MAIN, "      file: 0002-lending/changelog.yaml\n      relativeToChangelogFile: true\n",
                    "      file: 0002-lending/changelog.yaml\n      relativeToChangelogFile: true\n"
                            + "  - include:\n      file: 0002-lending/lending.yaml\n      relativeToChangelogFile: true\n"),
            edited("includes", "a part included twice", LENDING_MAIN, "  - include:\n      file: lending.yaml\n      relativeToChangelogFile: true\n",
                    "  - include:\n      file: lending.yaml\n      relativeToChangelogFile: true\n".repeat(2)),
            new Case("includes", "a missing part", Example.good().file("library/0002-lending/more.yaml",
                    "# More.\n\ndatabaseChangeLog:\n  - logicalFilePath: library/0002\n"), Example.good()),
            new Case("includes", "a file outside of a migration", Example.good().file("library/more.yaml", """
                    # More.

                    databaseChangeLog:
                      - logicalFilePath: library/more

                      - include:
                          file: 0002-lending/lending.yaml
                          relativeToChangelogFile: true
                    """), Example.good()),
            new Case("includes", "a part before the safe checks", before("safe-checks.yaml"), before("lending.yaml")),
            edited("wrong-database-guard", "a missing system", MAIN, "'garden', 'kitchen'", "'garden'"),
            edited("wrong-database-guard", "the system's own name in the list", MAIN, "'garden', 'kitchen'", "'garden', 'kitchen', 'library'"),
            edited("wrong-database-guard", "onFail WARN", MAIN, "onFail: HALT", "onFail: WARN"),
            edited("wrong-database-guard", "not tested by updateSQL", MAIN, "      - onSqlOutput: TEST\n", ""),
            edited("exactly-once", "a query of another setting", EXACTLY_ONCE, "changelogs.exactly_once", "changelogs.once"),
            edited("exactly-once", "not included", MAIN,
                    "  - include:\n      file: ../shared/exactly-once.yaml\n      relativeToChangelogFile: true\n\n", ""),
            edited("allow-data-loss-off", "true by default", MAIN, "value: \"false\"", "value: \"true\""),
            edited("allow-data-loss-off", "a property that is not global", MAIN, "      global: true\n", ""),
            edited("yaml-layout", "a blank at the end of a line", BOOKS, "Make the table of books.", "Make the table of books. "),
            edited("yaml-layout", "two blank lines", BOOKS, "\n  - changeSet:\n      id: 0001-books-shelf\n",
                    "\n\n  - changeSet:\n      id: 0001-books-shelf\n"),
            edited("yaml-layout", "no blank line", BOOKS, "\n\n  - changeSet:\n      id: 0001-books-shelf\n",
                    "\n  - changeSet:\n      id: 0001-books-shelf\n"),
            edited("yaml-layout", "a CR", BOOKS, "Make the table of books.", "Make the table of books.\r"),
            edited("yaml-layout", "wrong indentation", LENDING, "              - column: { name: shelf_id }",
                    "                - column: { name: shelf_id }"),
            edited("yaml-block-style", "braces around a change", LENDING, "- column: { name: shelf_id }", "- { column: { name: shelf_id } }"),
            edited("yaml-block-style", "a column on three lines", BOOKS, "\"Surrogate key, made here.\", ",
                    "\"Surrogate key, made here.\",\n                  "),
            edited("yaml-block-style", "a column in a block", LENDING, "- column: { name: shelf_id }",
                    "- column:\n                  name: shelf_id"),
            edited("yaml-block-style", "an anchor", BOOKS, "comment: Make", "comment: &why Make"),
            edited("yaml-block-style", "a duplicate key", BOOKS, "      comment: Make the table of books.\n",
                    "      comment: Make the table of books.\n      comment: Make it.\n"),
            edited("unknown-key", "an unknown key in a changeset", LENDING, "      comment: Find a shelf's books.\n",
                    "      runInTransacton: false\n      comment: Find a shelf's books.\n"),
            edited("unknown-key", "an unknown key in a change", LENDING, "            indexName: books_shelf_id_idx\n            columns:",
                    "            indexName: books_shelf_id_idx\n            where: shelf_id is not null\n            columns:"),
            edited("unknown-key", "an unknown key in a column", LENDING, "{ name: shelf_id }", "{ name: shelf_id, nulls: last }"),
            edited("unknown-key", "checkConstraint", BOOKS, "nullable: false,", "nullable: false, checkConstraint: id is not null,"),
            edited("unknown-key", "an unknown change type", LENDING, "- createIndex:", "- createIndexx:"),
            edited("unknown-key", "an unknown precondition", LENDING_CHECKS, "- sqlCheck:\n", "- sqlChek: x\n        - sqlCheck:\n"),
            edited("unknown-key", "an unknown key in a sqlFile", LENDING, "            relativeToChangelogFile: true\n",
                    "            relativeToChangelogFile: true\n            comment: x\n            encodin: UTF-8\n"),
            edited("unknown-key", "an unknown key beside the changesets", LENDING, "  - changeSet:\n      id: 0002-book-count",
                    "  - changeset: x\n\n  - changeSet:\n      id: 0002-book-count"),
            edited("key-order", "author before id", BOOKS, "      id: 0001-books\n      author: library\n",
                    "      author: library\n      id: 0001-books\n"),
            edited("key-order", "wrong order in a column", BOOKS, "name: shelf_id, type: uuid", "type: uuid, name: shelf_id"),
            edited("key-order", "wrong order in a table", BOOKS, "            schemaName: public\n            tableName: books\n            remarks",
                    "            tableName: books\n            schemaName: public\n            remarks"),
            edited("unused-key", "dbms", LENDING, "      comment: Find a shelf's books.\n",
                    "      dbms: postgresql\n      comment: Find a shelf's books.\n"),
            edited("tag", "no tag", LENDING, "        - tagDatabase:\n            tag: \"0002\"\n            keepTagOnRollback: true\n", ""),
            edited("tag", "a tag without keepTagOnRollback", LENDING, "            tag: \"0002\"\n            keepTagOnRollback: true\n",
                    "            tag: \"0002\"\n"),
            edited("tag", "a tag without quotes", LENDING, "tag: \"0002\"", "tag: 0002"),
            edited("tag", "a tag in a changeset that waits for a context", LENDING, "id: 0002-books-shelf-index\n      author: library\n",
                    "id: 0002-books-shelf-index\n      author: library\n      contextFilter: staging\n"),
            edited("tag", "a tag in a changeset that waits for an extension", LENDING, "      comment: Find a shelf's books.\n",
                    "      comment: Find a shelf's books.\n"
                            + ASKING.indent(6)),
            changesets("tag", "not in the last changeset",
                    changeset("", sql("analyze public.books;") + "- tagDatabase:\n    tag: \"0002\"\n    keepTagOnRollback: true\n",
                            NOTHING),
                    running("analyze public.books;")),
            new Case("tag", "a tag in an earlier part", Example.good().edit(LENDING_CHECKS, "      changes:\n        - empty: {}\n",
                    "      changes:\n        - empty: {}\n        - tagDatabase:\n            tag: \"0002\"\n            keepTagOnRollback: true\n"),
                    Example.good()),
            new Case("file-length", "a part of 401 lines", before("lending.yaml", "  # More.\n".repeat(397)),
                    before("lending.yaml", "  # More.\n".repeat(396))),
            new Case("file-length", "an SQL file of 201 lines", Example.good().edit(BOOK_COUNT, "as $$\n", "as $$\n" + "    -- Count.\n".repeat(200)),
                    Example.good().edit(BOOK_COUNT, "as $$\n", "as $$\n" + "    -- Count.\n".repeat(180))),
            new Case("changeset-length", "a changeset of 121 lines", among(14, 121), among(14, 120)),
            new Case("changeset-length", "two of few changesets with 61 lines", among(14, 61, 61), among(14, 61, 60)),
            new Case("sql-file-name", "a file with another name", Example.with(running("functions/more.sql", DROP_FUNCTION))
                    .inTheWay("private.other(uuid)").sqlFile("functions/more.sql", (FUNCTION + CLOSE_FUNCTION).replace("private.more", "private.other")),
                    CLOSED_FUNCTION),
            new Case("sql-file-name", "create without or replace", function((FUNCTION + CLOSE_FUNCTION).replace("create or replace", "create")), CLOSED_FUNCTION),
            new Case("sql-file-name", "a function in views/", Example.with(running("views/more.sql", DROP_FUNCTION))
                    .inTheWay("private.more(uuid)").sqlFile("views/more.sql", FUNCTION + CLOSE_FUNCTION), CLOSED_FUNCTION),
            new Case("sql-file-name", "a body in YAML", Example.with(changeset("", sql(FUNCTION + CLOSE_FUNCTION), DROP_FUNCTION))
                    .inTheWay("private.more(uuid)"), CLOSED_FUNCTION),
            new Case("sql-file-unused", "a file without a changeset", Example.good().sqlFile("functions/more.sql", FUNCTION + CLOSE_FUNCTION), CLOSED_FUNCTION),

            edited("changeset-id", "another migration's number", LENDING, "id: 0002-book-count", "id: 0001-book-count"),
            edited("changeset-id", "a bare number", LENDING, "id: 0002-book-count", "id: 0002"),
            edited("unique-id", "the same id twice", LENDING, "id: 0002-books-shelf-index", "id: 0002-book-count"),
            edited("changeset-author", "a person's name", LENDING, "author: library\n      comment: Find", "author: jane\n      comment: Find"),
            edited("changeset-comment", "no comment", LENDING, "      comment: Find a shelf's books.\n", ""),
            edited("remarks", "a table without remarks", BOOKS, "            remarks: A book; a row for each copy.\n", ""),
            edited("remarks", "a column without remarks", BOOKS, ", remarks: \"The shelf; null while the book is lent.\"", ""),
            edited("missing-rollback", "an empty rollback", LENDING,
                    "      rollback:\n        - sql:\n            sql: |-\n              drop function private.book_count();\n",
                    "      rollback:\n"),
            edited("missing-rollback", "no rollback", LENDING,
                    "      rollback:\n        - sql:\n            sql: |-\n              drop function private.book_count();\n", ""),
            edited("rollback-list", "a rollback as a string", LENDING,
                    "      rollback:\n        - sql:\n            sql: |-\n              drop function private.book_count();\n",
                    "      rollback: drop function private.book_count();\n"),
            changesets("empty-rollback-reason", "none", changeset("", sql("analyze public.books;"), "- empty: {}\n"),
                    running("analyze public.books;")),
            changesets("on-fail", "warns",
                    changeset(precondition("WARN", "select 1"), sql("analyze public.books;"), NOTHING),
                    changeset(precondition("CONTINUE", "select 1"), sql("analyze public.books;"), NOTHING)),
            changesets("halt-message", "none",
                    changeset("preConditions:\n  - onFail: HALT\n  - tableExists:\n      tableName: shelves\n",
                            sql("analyze public.books;"), NOTHING),
                    changeset("preConditions:\n  - onFail: HALT\n  - onFailMessage: Make shelves first.\n  - tableExists:\n      tableName: shelves\n",
                            sql("analyze public.books;"), NOTHING)),
            changesets("sql-output", "ignored",
                    changeset(precondition("CONTINUE", "select 1").replace("  - onSqlOutput: TEST\n", ""), sql("analyze public.books;"), NOTHING),
                    changeset(precondition("CONTINUE", "select 1"), sql("analyze public.books;"), NOTHING)),
            changesets("rows-do-not-halt", "a check of rows",
                    changeset(precondition("HALT", "select count(*) from public.books as b where b.pages < 0"), sql("analyze public.books;"), NOTHING),
                    changeset(precondition("HALT", "select count(*) from pg_catalog.pg_class as c where c.relname = 'books'"), sql("analyze public.books;"), NOTHING)),
            changesets("no-mark-ran", "a rollback drops an object that may be the product's",
                    marked("drop index if exists public.shelves_room;"),
                    marked("drop index if exists public.shelves_room_library;")),
            changesets("no-mark-ran", "a rollback drops an object that may have a different definition",
                    marked("alter table public.shelves drop constraint if exists shelves_room_library;"),
                    marked("drop policy if exists shelves_room_library on public.shelves;")),
            changesets("no-run-always", "true", "runAlways: true\n" + running("analyze public.books;"), running("analyze public.books;")),
            changesets("no-run-on-change", "true", "runOnChange: true\n" + running("analyze public.books;"),
                    running("analyze public.books;")),
            changesets("no-fail-on-error", "false", "failOnError: false\n" + running("analyze public.books;"),
                    running("analyze public.books;")),
            changesets("known-change", "a procedure", changeset("", "- executeCommand:\n    executable: psql\n", NOTHING),
                    running("analyze public.books;")),
            new Case("known-change", "a file of another system", Example.with(running("../../garden/0001-beds/functions/more.sql", NOTHING)),
                    Example.with(running("../../shared/more.sql", NOTHING)).file("shared/more.sql", "do $$\nbegin\nend\n$$;\n")),
            new Case("known-change", "a file that does not exist", Example.with(running("functions/more.sql", NOTHING)), Example.good()),
            edited("known-change", "a path from the root", LENDING, "            relativeToChangelogFile: true\n", ""),
            new Case("structured-change", "a foreign key in an SQL file", function(FUNCTION + CLOSE_FUNCTION
                    + "alter table public.books add foreign key (id) references public.books (id) on delete cascade;\n"), CLOSED_FUNCTION),
            changesets("structured-change", "a plain index",
                    undoing("create index more on public.books (id);", "drop index if exists public.more;"),
                    undoing("create index more on public.books (id) where shelf_id is null;", "drop index if exists public.more;")),
            changesets("structured-change", "a column",
                    running("alter table public.books add column title text;"),
                    running("alter table public.books alter column title set default '';")),
            changesets("structured-change", "a foreign key",
                    running("alter table public.books add constraint more foreign key (owner) references public.books (id) on delete cascade;"),
                    running("alter table public.books add constraint more foreign key (owner) references public.books (id) on delete cascade not valid;")),
            changesets("literal-sql", "folded",
                    changeset("", sql("analyze public.books;").replace("|-", ">-"), NOTHING), running("analyze public.books;")),
            changesets("literal-sql", "on the line of its key",
                    changeset("", "- sql:\n    sql: analyze public.books;\n", NOTHING), running("analyze public.books;")),
            new Case("sql-layout", "upper-case keywords in an SQL file", function((FUNCTION + CLOSE_FUNCTION).replace("returns void", "RETURNS void")), CLOSED_FUNCTION),
            new Case("sql-layout", "a blank at the end of a line", function((FUNCTION + CLOSE_FUNCTION).replace("returns void", "returns void ")),
                    CLOSED_FUNCTION),
            changesets("sql-layout", "keywords", running("ANALYZE public.books;"), running("analyze public.books;")),
            changesets("sql-layout", "two spaces",
                    running("create policy more\n  on public.books\n  to authenticated\n  using (false);"),
                    running("create policy more\n    on public.books\n    to authenticated\n    using (note = 'NO,\nNO');")),
            edited("split-statements", "a sqlFile without splitStatements", LENDING, "            splitStatements: false\n", ""),
            changesets("split-statements", "two statements",
                    running("analyze public.books;\nanalyze public.shelves;").replaceAll("(?m)^ *splitStatements: false\n", ""),
                    running("comment on function private.book_count() is 'Counts; all of them.';").replaceAll("(?m)^ *splitStatements: false\n", "")),
            changesets("split-statements", "a body",
                    running("do $$\nbegin\n    perform 1;\nend\n$$;").replaceAll("(?m)^ *splitStatements: false\n", ""),
                    running("do $$\nbegin\n    perform 1;\nend\n$$;")),

            new Case("row-security-with-table", "a table without row level security", table(changeset("", TABLE + sql(CLOSE), DROP_TABLE)), CLOSED_TABLE),
            new Case("default-grants-revoked", "a revoke without one of the roles",
                    table(changeset("", TABLE + sql(SECURE + CLOSE.replace("anon, ", "")), DROP_TABLE)), CLOSED_TABLE),
            new Case("default-grants-revoked", "a function in public", Example.with(running("functions/more.sql", DROP_FUNCTION.replace("private.", "public.")))
                    .inTheWay("public.more(uuid)").sqlFile("functions/more.sql", (FUNCTION + CLOSE_FUNCTION).replace("private.", "public.")),
                    CLOSED_FUNCTION),
            new Case("default-grants-revoked", "an overload of an earlier function",
                    later(FUNCTION.replace("uuid", "text"), DROP_FUNCTION.replace("uuid", "text")).inTheWay("private.more(text)"),
                    later((FUNCTION + CLOSE_FUNCTION).replace("uuid", "text"), DROP_FUNCTION.replace("uuid", "text")).inTheWay("private.more(text)")),
            new Case("create-in-transaction", "a table created outside of a transaction", table(changeset(OUTSIDE, TABLE + sql(SECURE + CLOSE), DROP_TABLE)), CLOSED_TABLE),
            new Case("must-not-exist", "a table that is not listed as in the way",
                    Example.with(changeset("", TABLE + sql(SECURE + CLOSE), DROP_TABLE)).missing(REFUSE), CLOSED_TABLE),
            new Case("must-not-exist", "a function that is listed with other types", Example.with(running("functions/more.sql", DROP_FUNCTION))
                    .inTheWay("private.more(text)").sqlFile("functions/more.sql", FUNCTION + CLOSE_FUNCTION), CLOSED_FUNCTION),
            new Case("must-not-exist", "a function that is not listed as missing",
                    Example.with(changeset("", TABLE + sql(SECURE + CLOSE), DROP_TABLE)).inTheWay("public.more"), CLOSED_TABLE),
            new Case("must-not-exist", "a table that a file uses and that is not listed as missing",
                    Example.good().edit(BOOK_COUNT, "public.shelves", "public.rooms").edit(LENDING_CHECKS, ",\n" + " ".repeat(26) + "'public.shelves'", ""),
                    Example.good().edit(BOOK_COUNT, "public.shelves", "public.rooms").edit(LENDING_CHECKS, "public.shelves", "public.rooms")),
            new Case("must-not-exist", "a name listed as in the way that is not created", Example.good().inTheWay("public.more"), Example.good()),
            new Case("must-not-exist", "a name listed as missing that is not used", Example.good().missing("public.rooms"), Example.good()),
            new Case("must-not-exist", "a signature with a type that the migration creates",
                    typed().inTheWay("private.more(public.more)"), typed()),
            edited("must-not-exist", "a create statement in safe-checks.yaml", LENDING_CHECKS, "      changes:\n        - empty: {}\n",
                    "      changes:\n        - sql:\n            sql: |-\n              create type private.more as enum ('a');\n"),
            edited("must-not-exist", "onFail CONTINUE", LENDING_CHECKS, "onFail: HALT",
                    "onFail: CONTINUE\n        - onSqlOutput: TEST"),
            edited("must-not-exist", "a message without changelogSync", LENDING_CHECKS, "Adopt identical objects with liquibase:changelogSync, or rename them.",
                    "Look at it."),
            edited("must-not-exist", "a query that finds nothing", LENDING_CHECKS, "to_regclass(name) end is not null", "to_regclass(name) end is null"),
            new Case("must-not-exist", "a table of a context in the unconditional list", staged(table(changeset("", TABLE + sql(SECURE + CLOSE), DROP_TABLE))),
                    checkedWhereStaged()),
            changesets("must-not-exist", "a schema", running("create schema more;"),
                    running("do $$\nbegin\n    if to_regnamespace('more') is null then\n        create schema more;\n    end if;\nend\n$$;")),
            changesets("no-if-not-exists", "an index that may be the product's",
                    changeset(OUTSIDE, LEFTOVER.replace("room_library", "room") + CONCURRENTLY.replace("room_library", "room"), NOTHING),
                    changeset(OUTSIDE, LEFTOVER + CONCURRENTLY, NOTHING)),
            changesets("no-if-not-exists", "an index",
                    running("create index if not exists more on public.books (id) where shelf_id is null;"),
                    running("create index more on public.books (id) where shelf_id is null;")),
            new Case("replace-restores", "a rollback that drops the function", replacing(sql("drop function if exists private.more(uuid);")),
                    replacing(sqlFile("../0001-books/functions/more.sql"))),
            new Case("replace-restores", "a rollback that runs the new file", replacing(sqlFile("functions/more.sql")),
                    replacing(sqlFile("../0001-books/functions/more.sql"))),
            changesets("rollback-own", "another's policy",
                    undoing("analyze public.books;", "drop policy books_select on public.books;"),
                    undoing("create policy books_select\n    on public.books\n    to authenticated\n    using (false);",
                            "drop policy books_select on public.books;")),
            changesets("no-cascade", "in sql",
                    undoing("comment on function private.book_count() is 'More.';", "drop function private.book_count() cascade;"),
                    undoing("comment on function private.book_count() is 'More.';", "drop function private.book_count();")),
            new Case("no-cascade", "cascade in a structured change",
                    table(changeset("", TABLE + sql(SECURE + CLOSE), DROP_TABLE + "    cascadeConstraints: true\n")), CLOSED_TABLE),
            new Case("refuse-data-loss", "a dropTable without the check",
                    table(changeset("", TABLE + sql(SECURE + CLOSE), DROP_TABLE.replace("public.more'", "public.books'"))), CLOSED_TABLE),
            new Case("refuse-data-loss", "a dropColumn without the check", Example.with(changeset("", column("books", "text", ""), dropColumn("analyze public.books;"))),
                    Example.with(changeset("", column("books", "text", ""),
                            dropColumn("select private.refuse_data_loss('public.books', '${allowDataLoss}', 'title');"))).missing(REFUSE)),
            changesets("qualified-name", "a policy", running(LOCK + "create policy more on books to authenticated using (false);"),
                    running("create policy more on public.books to authenticated using (false);")),
            changesets("qualified-name", "a structured change",
                    changeset("", "- setTableRemarks:\n    tableName: books\n    remarks: More.\n", NOTHING),
                    changeset("", "- setTableRemarks:\n    schemaName: public\n    tableName: books\n    remarks: More.\n", NOTHING)),
            changesets("qualified-name", "a grant", running("grant select on public.books, more to authenticated;"),
                    running("grant select on public.books to authenticated;")),
            changesets("on-delete", "not given", changeset("", FOREIGN_KEY, NOTHING),
                    changeset("", FOREIGN_KEY + "    onDelete: RESTRICT\n", NOTHING)),
            changesets("on-delete", "in sql",
                    running("alter table public.books add foreign key (owner) references public.books (id) not valid;"),
                    running("alter table public.books add foreign key (owner) references public.books (id) on delete restrict not valid;")),
            edited("lock-timeout", "a foreign key to the product's table", BOOKS,
                    "      changes:\n        - sql:\n            sql: |-\n              set local lock_timeout = '5s';\n",
                    "      changes:\n"),
            edited("lock-timeout", "the drop of a foreign key", BOOKS,
                    "      rollback:\n        - sql:\n            sql: |-\n              set local lock_timeout = '5s';\n",
                    "      rollback:\n"),
            changesets("lock-timeout", "a policy on the product's table",
                    running("create policy more on public.shelves to authenticated using (false);"),
                    running(LOCK + "create policy more on public.shelves to authenticated using (false);")),
            changesets("concurrent-index", "in a transaction",
                    running(LOCK + "create index more on public.shelves (room) where room is not null;"),
                    changeset(OUTSIDE, LEFTOVER + CONCURRENTLY, NOTHING)),
            changesets("concurrent-transaction", "in a transaction",
                    changeset("", LEFTOVER + CONCURRENTLY, NOTHING), changeset(OUTSIDE, LEFTOVER + CONCURRENTLY, NOTHING)),
            changesets("concurrent-leftover", "no drop of an invalid index", changeset(OUTSIDE, CONCURRENTLY, NOTHING),
                    changeset(OUTSIDE, LEFTOVER + CONCURRENTLY, NOTHING)),
            changesets("repeatable-outside-transaction", "an index without if not exists",
                    changeset(OUTSIDE, LEFTOVER + CONCURRENTLY.replace("if not exists ", ""), NOTHING),
                    changeset(OUTSIDE, LEFTOVER + CONCURRENTLY, NOTHING)),
            changesets("set-local", "outside of a transaction",
                    OUTSIDE + running("set local statement_timeout = 0;"), running("set local statement_timeout = 0;")),
            changesets("set-reset", "no reset", OUTSIDE + running("set statement_timeout = 0;"),
                    OUTSIDE + running("set statement_timeout = 0;\nanalyze public.books;\nreset statement_timeout;")),
            changesets("no-search-path", "as a statement", running("set search_path = private;"),
                    running("alter function private.book_count() set search_path = '';")),
            changesets("not-valid-first", "a check",
                    running(LOCK + "alter table public.shelves add constraint more check (room > 0);"),
                    running(LOCK + "alter table public.shelves add constraint more check (room > 0) not valid;")),
            changesets("constant-default", "computed for each row",
                    changeset("", sql(LOCK) + column("shelves", "uuid", "defaultValueComputed: gen_random_uuid()"), NOTHING),
                    changeset("", sql(LOCK) + column("shelves", "timestamptz", "defaultValueComputed: now()"), NOTHING)),
            changesets("extension-pending", "created without a precondition",
                    running("create extension if not exists vector with schema extensions;"),
                    changeset(ASKING, sql("create extension if not exists vector with schema extensions;"), NOTHING)),
            new Case("extension-pending", "a wait for a changeset without an extension check",
                    Example.with(changeset(precondition("CONTINUE", "select 1"), "- empty: {}\n", NOTHING),
                            changeset(WAITING, sql("create extension if not exists vector with schema extensions;"), NOTHING)),
                    Example.with(changeset(ASKING, "- empty: {}\n", NOTHING),
                            changeset(WAITING, sql("create extension if not exists vector with schema extensions;"), NOTHING))));

    /** Changelogs that look like a violation but comply with all rules. */
    static final List<Example> SOUND = List.of(
            Example.with(running("functions/more.sql", sql("drop function public.more(uuid, text);")))
                    .inTheWay("public.more(uuid, text)").sqlFile("functions/more.sql", """
                    create or replace function public.more(p_book uuid, p_title text default 'It''s; new')
                    returns setof public.books
                    language plpgsql
                    volatile
                    security invoker
                    set search_path = ''
                    as $body$
                    declare
                        -- Don't stop here; go on.
                        found public.books;
                    begin
                        update public.books as b set title = p_title where b.id = p_book returning b.* into found;
                        create temporary table scratch (id uuid);
                        drop table scratch;
                        return next found;
                    end
                    $body$;

                    comment on function public.more(uuid, text) is 'Renames; says what it renamed.';
                    revoke all on function public.more(uuid, text) from public, anon, authenticated, service_role;
                    grant execute on function public.more(uuid, text) to authenticated;
                    """),
            Example.with(running("views/more.sql", sql("drop view public.more;"))).inTheWay("public.more").sqlFile("views/more.sql", """
                    create or replace view public.more with (security_invoker = true) as
                        select b.id, count(*) filter (where b.shelf_id is null) as lent
                        from public.books as b
                        group by b.id;
                    comment on column public.more.lent is 'How many are lent.';
                    revoke all on public.more from public, anon, authenticated, service_role;
                    grant select on public.more to authenticated;
                    """),
            Example.with(running("functions/more.sql", sql("drop function public.more(uuid);\ndrop function private.own_more(uuid);")))
                    .inTheWay("public.more(uuid)", "private.own_more(uuid)").sqlFile("functions/more.sql", """
                    create or replace function private.own_more(p_book uuid)
                    returns void
                    as $$
                    $$;

                    revoke all on function private.own_more(uuid) from public;

                    create or replace function public.more(p_book uuid)
                    returns void
                    language sql
                    return private.own_more(p_book);

                    revoke all on function public.more(uuid) from public, anon, authenticated, service_role;
                    """),
            Example.with(changeset("", sql("""
                    insert into public.books (id)
                    select b.id from public.books as b
                    on conflict (id) do update set shelf_id = excluded.shelf_id;
                    """), "# The rows stay.\n- empty: {}\n")),
            Example.with(undoing(LOCK + """
                    create constraint trigger more
                        after insert or update of room, name
                        on public.shelves
                        deferrable initially deferred
                        for each row
                        when (new.room is distinct from 1)
                        execute function private.book_count();
                    """, LOCK + "drop trigger more on public.shelves;")),
            Example.with(undoing("""
                    create unique index more
                        on public.books (lower(title), (coalesce(shelf_id, id)));
                    create index more_too
                        on public.books using gin (tags jsonb_path_ops);
                    """, "drop index if exists public.more;\ndrop index if exists public.more_too;")),
            Example.with(undoing("""
                    alter table public.books
                        add constraint more check (title = lower(title) and shelf_id is not null);
                    """, "alter table public.books\n    drop constraint more;")),
            Example.with(undoing("""
                    grant select, insert (id, title), update (title) on table public.books to authenticated;
                    grant usage on schema private to service_role;
                    alter default privileges in schema private revoke all on functions from public;
                    """, """
                    alter default privileges in schema private grant execute on functions to public;
                    revoke usage on schema private from service_role;
                    revoke all on public.books from authenticated;
                    """)),
            Example.with(Example.OUTSIDE + running("set statement_timeout = 0;\nreset statement_timeout;")));

    private BrokenChangelogs() {
    }

    private static Case edited(String rule, String what, String file, String from, String to) {
        return new Case(rule, what, Example.good().edit(file, from, to), Example.good());
    }

    private static Case changesets(String rule, String what, String bad, String good) {
        return new Case(rule, what, Example.with(bad), Example.with(good));
    }

    /** A changeset that creates public.more and refuses to lose its rows, with the matching entries in the safe check. */
    private static Example table(String changeset) {
        return Example.with(changeset).missing(REFUSE).inTheWay("public.more");
    }

    private static Example function(String text) {
        return function(text, DROP_FUNCTION);
    }

    private static Example function(String text, String rollback) {
        return Example.with(running("functions/more.sql", rollback)).inTheWay("private.more(uuid)").sqlFile("functions/more.sql", text);
    }

    /** A table and a function of its row type; the safe check must not name the function. */
    private static Example typed() {
        return Example.with(changeset("", TABLE + sql(SECURE + CLOSE), DROP_TABLE), running("functions/more.sql", sql("drop function private.more(public.more);")))
                .missing(REFUSE).inTheWay("public.more").sqlFile("functions/more.sql", (FUNCTION + CLOSE_FUNCTION).replace("uuid", "public.more"));
    }

    /** The example with its first changeset in a context. */
    private static Example staged(Example example) {
        return example.edit(LENDING, "author: library\n      comment: Do something more.",
                "author: library\n      contextFilter: staging\n      comment: Do something more.");
    }

    /** A table in a context, named by a safe check in the same context. */
    private static Example checkedWhereStaged() {
        String check = Example.good().text(LENDING_CHECKS);
        String staging = check.substring(check.indexOf("  - changeSet:"))
                .replace("id: 0002-safe-checks\n      author: library\n", "id: 0002-safe-checks-staging\n      author: library\n      contextFilter: staging\n")
                .replaceAll("'public\\.books',\\s+'public\\.shelves'", "'" + REFUSE + "'").replace("'private.book_count()'", "'public.more'");
        return staged(Example.with(changeset("", TABLE + sql(SECURE + CLOSE), DROP_TABLE))).file(LENDING_CHECKS, check + "\n" + staging);
    }

    /** The example with one more part without changesets, included before another part. */
    private static Example before(String part, String... more) {
        return Example.good()
                .file("library/0002-lending/more.yaml", "# More.\n\ndatabaseChangeLog:\n  - logicalFilePath: library/0002\n" + String.join("", more))
                .edit(LENDING_MAIN, "file: " + part, "file: more.yaml\n      relativeToChangelogFile: true\n  - include:\n      file: " + part);
    }

    /** The example with changesets of these numbers of lines, and many short ones. */
    private static Example among(int others, int... lines) {
        return Example.with(Stream.concat(Stream.generate(() -> running("analyze public.books;")).limit(others),
                IntStream.of(lines).mapToObj(length -> running("analyze public.books;\n".repeat(length - 11)))).toArray(String[]::new));
    }

    private static String column(String table, String type, String more) {
        return "- addColumn:\n    schemaName: public\n    tableName: " + table + "\n    columns:\n      - column: { name: title, type: " + type
                + (more.isEmpty() ? "" : ", " + more) + ", remarks: What it is called. }\n";
    }

    /** A changeset that is marked as run if the index exists. */
    private static String marked(String rollback) {
        return changeset(precondition("MARK_RAN", "select 1"), sql("analyze public.shelves;\n-- shelves_room shelves_room_library"),
                sql(LOCK + rollback));
    }

    private static String dropColumn(String before) {
        return sql(before) + "- dropColumn:\n    schemaName: public\n    tableName: books\n    columnName: title\n";
    }

    /** The first migration creates a function and the last one replaces it. */
    private static Example replacing(String rollback) {
        return later(FUNCTION, rollback).missing("private.more(uuid)");
    }

    /** The first migration creates a function, and the last one has a file of the same name. */
    private static Example later(String text, String rollback) {
        String making = "  - changeSet:\n      id: 0001-more\n      author: library\n      comment: More.\n"
                + changeset("", sqlFile("functions/more.sql"), DROP_FUNCTION).indent(6) + "\n  - changeSet:\n      id: 0001-books-shelf\n";
        return Example.with(running("functions/more.sql", rollback)).sqlFile("functions/more.sql", text)
                .edit(BOOKS, "  - changeSet:\n      id: 0001-books-shelf\n", making)
                .edit("library/0001-books/safe-checks.yaml", "'public.books'", "'public.books', 'private.more(uuid)'")
                .file("library/0001-books/functions/more.sql", FUNCTION + CLOSE_FUNCTION);
    }
}
