package changelogs.rules;

import static changelogs.rules.Example.NOTHING;
import static changelogs.rules.Example.OUTSIDE;
import static changelogs.rules.Example.changeset;
import static changelogs.rules.Example.precondition;
import static changelogs.rules.Example.running;
import static changelogs.rules.Example.sql;
import static changelogs.rules.Example.undoing;

import java.util.List;

/** For each rule over changelogs, one that breaks it and one like it that does not. */
final class BrokenChangelogs {

    record Case(String rule, String what, Source bad, Source good) {
    }

    private static final String BOOKS = "0001-books.yaml";
    private static final String LENDING = "0002-lending.yaml";
    private static final String MAIN = "changelog.yaml";
    private static final String ABSENT = precondition("HALT",
            "select count(*)\nfrom pg_catalog.pg_class as c\nwhere c.relname in ('more', 'more_id_seq')");
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
                  - column:
                      name: id
                      type: uuid
                      remarks: Its key.
            """;
    private static final String DROP_TABLE = sql("select private.refuse_data_loss('public.more', '${allowDataLoss}');")
            + "- dropTable:\n    schemaName: public\n    tableName: more\n";
    private static final String SECURE = "alter table public.more enable row level security;\n";
    private static final String CLOSE = "revoke all on table public.more from public, anon, authenticated, service_role;\n";

    private static final String CLOSED_TABLE = changeset(ABSENT, TABLE + sql(SECURE + CLOSE), DROP_TABLE);

    static final List<Case> ALL = List.of(
            edited("file-comment", "no comment", BOOKS, "# The books, on the shelves that the product has.\n\n", ""),
            edited("logical-file-path", "another file's", BOOKS, "library/0001-books.yaml", "library/0002-lending.yaml"),
            edited("logical-file-path", "none", BOOKS, "databaseChangeLog:\n  - logicalFilePath: changelog/library/0001-books.yaml\n",
                    "databaseChangeLog:\n"),
            edited("includes", "a file left out", MAIN,
                    "  - include:\n      file: 0002-lending.yaml\n      relativeToChangelogFile: true\n", ""),
            edited("includes", "out of order", MAIN,
                    "0001-books.yaml\n      relativeToChangelogFile: true\n  - include:\n      file: 0002-lending.yaml",
                    "0002-lending.yaml\n      relativeToChangelogFile: true\n  - include:\n      file: 0001-books.yaml"),
            edited("includes", "a path from the root", MAIN, "0002-lending.yaml\n      relativeToChangelogFile: true", "0002-lending.yaml"),
            edited("wrong-database-guard", "a system forgotten", MAIN, "'garden', 'kitchen'", "'garden'"),
            edited("wrong-database-guard", "the system's own name", MAIN, "'garden', 'kitchen'", "'garden', 'kitchen', 'library'"),
            edited("wrong-database-guard", "only a warning", MAIN, "onFail: HALT", "onFail: WARN"),
            edited("exactly-once", "another setting", "exactly-once.yaml", "changelogs.exactly_once", "changelogs.once"),
            edited("allow-data-loss-off", "on", MAIN, "value: \"false\"", "value: \"true\""),
            edited("allow-data-loss-off", "one file only", MAIN, "      global: true\n", ""),
            edited("yaml-layout", "a blank at the end of a line", BOOKS, "Make the table of books.", "Make the table of books. "),
            edited("yaml-layout", "two blank lines", BOOKS, "\n  - changeSet:\n      id: 0001-books-shelf\n",
                    "\n\n  - changeSet:\n      id: 0001-books-shelf\n"),
            edited("yaml-layout", "no blank line", BOOKS, "\n\n  - changeSet:\n      id: 0001-books-shelf\n",
                    "\n  - changeSet:\n      id: 0001-books-shelf\n"),
            edited("yaml-layout", "CR", BOOKS, "Make the table of books.", "Make the table of books.\r"),
            edited("yaml-layout", "another indent", LENDING, "              - column:\n                  name: shelf_id",
                    "                - column:\n                    name: shelf_id"),
            edited("yaml-block-style", "braces", LENDING, "- column:\n                  name: shelf_id", "- {column: {name: shelf_id}}"),
            edited("yaml-block-style", "an anchor", BOOKS, "comment: Make", "comment: &why Make"),
            edited("yaml-block-style", "a key twice", BOOKS, "      comment: Make the table of books.\n",
                    "      comment: Make the table of books.\n      comment: Make it.\n"),
            edited("unknown-key", "in a changeset", LENDING, "      comment: Find a shelf's books.\n",
                    "      runInTransacton: false\n      comment: Find a shelf's books.\n"),
            edited("unknown-key", "in a change", LENDING, "            indexName: books_shelf_id_idx\n            columns:",
                    "            indexName: books_shelf_id_idx\n            where: shelf_id is not null\n            columns:"),
            edited("unknown-key", "in a column", LENDING, "                  name: shelf_id\n",
                    "                  name: shelf_id\n                  nulls: last\n"),
            edited("unknown-key", "checkConstraint", BOOKS, "                    nullable: false\n",
                    "                    nullable: false\n                    checkConstraint: id is not null\n"),
            edited("unknown-key", "a change type", LENDING, "- createIndex:", "- createIndexx:"),
            edited("unknown-key", "a precondition", BOOKS, "- sqlCheck:\n            expectedResult: \"0\"",
                    "- sqlChek: x\n        - sqlCheck:\n            expectedResult: \"0\""),
            edited("unknown-key", "beside the changesets", LENDING, "  - changeSet:\n      id: 0002-book-count",
                    "  - changeset: x\n\n  - changeSet:\n      id: 0002-book-count"),
            edited("key-order", "author first", BOOKS, "      id: 0001-books\n      author: library\n",
                    "      author: library\n      id: 0001-books\n"),
            edited("key-order", "in a column", BOOKS, "                  name: shelf_id\n                  type: uuid\n",
                    "                  type: uuid\n                  name: shelf_id\n"),
            edited("key-order", "in a table", BOOKS, "            schemaName: public\n            tableName: books\n            remarks",
                    "            tableName: books\n            schemaName: public\n            remarks"),
            edited("unused-key", "dbms", LENDING, "      comment: Find a shelf's books.\n",
                    "      dbms: postgresql\n      comment: Find a shelf's books.\n"),
            edited("tag", "none", LENDING, "        - tagDatabase:\n            tag: \"0002\"\n            keepTagOnRollback: true\n", ""),
            edited("tag", "that goes with a rollback", LENDING, "            tag: \"0002\"\n            keepTagOnRollback: true\n",
                    "            tag: \"0002\"\n"),
            edited("tag", "a number", LENDING, "tag: \"0002\"", "tag: 0002"),
            changesets("tag", "not in the last changeset",
                    changeset("", sql("analyze public.books;") + "- tagDatabase:\n    tag: \"0002\"\n    keepTagOnRollback: true\n",
                            NOTHING),
                    running("analyze public.books;")),

            edited("changeset-id", "another migration's number", LENDING, "id: 0002-book-count", "id: 0001-book-count"),
            edited("changeset-id", "a bare number", LENDING, "id: 0002-book-count", "id: 0002"),
            edited("unique-id", "the same twice", LENDING, "id: 0002-books-shelf-index", "id: 0002-book-count"),
            edited("changeset-author", "a person", LENDING, "author: library\n      comment: Find", "author: jane\n      comment: Find"),
            edited("changeset-comment", "none", LENDING, "      comment: Find a shelf's books.\n", ""),
            edited("remarks", "a table without", BOOKS, "            remarks: A book; a row for each copy.\n", ""),
            edited("remarks", "a column without", BOOKS, "                  remarks: Where it stands; null while it is lent.\n", ""),
            edited("missing-rollback", "left empty", LENDING,
                    "      rollback:\n        - sql:\n            sql: |-\n              drop function private.book_count();\n",
                    "      rollback:\n"),
            edited("missing-rollback", "none", LENDING,
                    "      rollback:\n        - sql:\n            sql: |-\n              drop function private.book_count();\n", ""),
            edited("rollback-list", "one string", LENDING,
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
            changesets("no-mark-ran", "over a drop of what may be the product's",
                    marked("drop index if exists public.shelves_room;"),
                    marked("drop index if exists public.shelves_room_library;")),
            changesets("no-mark-ran", "over a drop that is not sure of what is there",
                    marked("alter table public.shelves drop constraint if exists shelves_room_library;"),
                    marked("drop policy if exists shelves_room_library on public.shelves;")),
            changesets("no-run-always", "true", "runAlways: true\n" + running("analyze public.books;"), running("analyze public.books;")),
            changesets("no-run-on-change", "true", "runOnChange: true\n" + running("analyze public.books;"),
                    running("analyze public.books;")),
            changesets("no-fail-on-error", "false", "failOnError: false\n" + running("analyze public.books;"),
                    running("analyze public.books;")),
            changesets("known-change", "a file", changeset("", "- sqlFile:\n    path: more.sql\n", NOTHING),
                    running("analyze public.books;")),
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
            changesets("sql-layout", "keywords", running("ANALYZE public.books;"), running("analyze public.books;")),
            changesets("sql-layout", "two spaces",
                    running("create policy more\n  on public.books\n  to authenticated\n  using (false);"),
                    running("create policy more\n    on public.books\n    to authenticated\n    using (note = 'NO,\nNO');")),
            changesets("split-statements", "two statements",
                    running("analyze public.books;\nanalyze public.shelves;").replaceAll("(?m)^ *splitStatements: false\n", ""),
                    running("comment on function private.book_count() is 'Counts; all of them.';").replaceAll("(?m)^ *splitStatements: false\n", "")),
            changesets("split-statements", "a body",
                    running("do $$\nbegin\n    perform 1;\nend\n$$;").replaceAll("(?m)^ *splitStatements: false\n", ""),
                    running("do $$\nbegin\n    perform 1;\nend\n$$;")),

            changesets("row-security-at-birth", "never", changeset(ABSENT, TABLE + sql(CLOSE), DROP_TABLE), CLOSED_TABLE),
            changesets("closed-at-birth", "a role forgotten",
                    changeset(ABSENT, TABLE + sql(SECURE + CLOSE.replace("anon, ", "")), DROP_TABLE), CLOSED_TABLE),
            changesets("closed-at-birth", "a function in public",
                    changeset(ABSENT,
                            sql("create function public.more()\nreturns void\nas $$\n$$;\nrevoke all on function public.more() from public;"), NOTHING),
                    changeset(ABSENT,
                            sql("create function private.more()\nreturns void\nas $$\n$$;\nrevoke all on function private.more() from public;"), NOTHING)),
            changesets("create-in-transaction", "outside of one", changeset(OUTSIDE + ABSENT, TABLE + sql(SECURE + CLOSE), DROP_TABLE),
                    CLOSED_TABLE),
            changesets("must-not-exist", "no check", changeset("", TABLE + sql(SECURE + CLOSE), DROP_TABLE), CLOSED_TABLE),
            changesets("must-not-exist", "goes on", changeset(ABSENT.replace("HALT", "CONTINUE"), TABLE + sql(SECURE + CLOSE), DROP_TABLE),
                    CLOSED_TABLE),
            changesets("must-not-exist", "a schema", running("create schema more;"),
                    running("do $$\nbegin\n    if to_regnamespace('more') is null then\n        create schema more;\n    end if;\nend\n$$;")),
            changesets("no-if-not-exists", "an index that may be the product's",
                    changeset(OUTSIDE, LEFTOVER.replace("room_library", "room") + CONCURRENTLY.replace("room_library", "room"), NOTHING),
                    changeset(OUTSIDE, LEFTOVER + CONCURRENTLY, NOTHING)),
            changesets("no-if-not-exists", "an index",
                    running("create index if not exists more on public.books (id) where shelf_id is null;"),
                    running("create index more on public.books (id) where shelf_id is null;")),
            new Case("replace-restores", "dropped",
                    replacing("drop function if exists public.more();"),
                    replacing("create or replace function public.more()\nreturns void\nas $$\n$$;")),
            changesets("rollback-own", "another's policy",
                    undoing("analyze public.books;", "drop policy books_select on public.books;"),
                    undoing("create policy books_select\n    on public.books\n    to authenticated\n    using (false);",
                            "drop policy books_select on public.books;")),
            changesets("no-cascade", "in sql",
                    undoing("comment on function private.more() is 'More.';", "drop function private.more() cascade;"),
                    undoing("comment on function private.more() is 'More.';", "drop function private.more();")),
            changesets("no-cascade", "in a structured change",
                    changeset(ABSENT, TABLE + sql(SECURE + CLOSE), DROP_TABLE + "    cascadeConstraints: true\n"), CLOSED_TABLE),
            changesets("refuse-data-loss", "a table",
                    changeset(ABSENT, TABLE + sql(SECURE + CLOSE), DROP_TABLE.replace("public.more'", "public.books'")),
                    CLOSED_TABLE),
            changesets("refuse-data-loss", "a column", changeset("", column("books", "text", ""), dropColumn("analyze public.books;")),
                    changeset("", column("books", "text", ""),
                            dropColumn("select private.refuse_data_loss('public.books', '${allowDataLoss}', 'title');"))),
            changesets("qualified-name", "a policy", running(LOCK + "create policy more on books to authenticated using (false);"),
                    running("create policy more on public.books to authenticated using (false);")),
            changesets("qualified-name", "a structured change",
                    changeset("", "- setTableRemarks:\n    tableName: books\n    remarks: More.\n", NOTHING),
                    changeset("", "- setTableRemarks:\n    schemaName: public\n    tableName: books\n    remarks: More.\n", NOTHING)),
            changesets("qualified-name", "a grant", running("grant select on public.books, more to authenticated;"),
                    running("grant select on public.books to authenticated;")),
            changesets("on-delete", "left to the default", changeset("", FOREIGN_KEY, NOTHING),
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
            changesets("concurrent-transaction", "in one",
                    changeset("", LEFTOVER + CONCURRENTLY, NOTHING), changeset(OUTSIDE, LEFTOVER + CONCURRENTLY, NOTHING)),
            changesets("concurrent-leftover", "stays", changeset(OUTSIDE, CONCURRENTLY, NOTHING),
                    changeset(OUTSIDE, LEFTOVER + CONCURRENTLY, NOTHING)),
            changesets("run-again", "an index",
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
            changesets("extension-pending", "created all the same",
                    running("create extension if not exists vector with schema extensions;"),
                    changeset(precondition("CONTINUE", "select count(*) from pg_catalog.pg_available_extensions where name = 'none'"),
                            sql("create extension if not exists vector with schema extensions;"), NOTHING)));

    /** What looks like a breach and is none. */
    static final List<Source> SOUND = List.of(
            Example.with(changeset(ABSENT, sql("""
                    create function public.more(p_book uuid, p_title text default 'It''s; new')
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
                    """), sql("drop function public.more(uuid, text);"))),
            Example.with(changeset(ABSENT, sql("""
                    create view public.more with (security_invoker = true) as
                        select b.id, count(*) filter (where b.shelf_id is null) as lent
                        from public.books as b
                        group by b.id;
                    comment on column public.more.lent is 'How many are lent.';
                    revoke all on public.more from public, anon, authenticated, service_role;
                    grant select on public.more to authenticated;
                    """), sql("drop view public.more;"))),
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
        return new Case(rule, what, Example.edited(file, from, to), Example.good());
    }

    private static Case changesets(String rule, String what, String bad, String good) {
        return new Case(rule, what, Example.with(bad), Example.with(good));
    }

    private static String column(String table, String type, String more) {
        return "- addColumn:\n    schemaName: public\n    tableName: " + table
                + "\n    columns:\n      - column:\n          name: title\n          type: "
                + type + "\n" + (more.isEmpty() ? "" : "          " + more + "\n") + "          remarks: What it is called.\n";
    }

    /** Marked only, where the index is there already. */
    private static String marked(String rollback) {
        return changeset(precondition("MARK_RAN", "select 1"), sql("analyze public.shelves;\n-- shelves_room shelves_room_library"),
                sql(LOCK + rollback));
    }

    private static String dropColumn(String before) {
        return sql(before) + "- dropColumn:\n    schemaName: public\n    tableName: books\n    columnName: title\n";
    }

    /** A function is made, and replaced in the changeset that follows. */
    private static Source replacing(String rollback) {
        String function = "create function public.more()\nreturns void\nas $$\n$$;\n";
        return Example.with(List.of(
                changeset(ABSENT, sql(function + "revoke all on function public.more() from public, anon, authenticated, service_role;"),
                        NOTHING),
                changeset("", sql(function.replace("create", "create or replace")), sql(rollback))));
    }
}
