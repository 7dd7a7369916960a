package changelogs.skeleton;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Creates the skeleton of a migration: {@code mvn -Pnew -Dsystem=polaris -Dname=0030-what-it-is-for}.
 *
 * <p>Maven runs this file from source, also in a clone that was never compiled, so it depends only on the JDK.
 */
public final class NewMigration {

    /** The table is named after the migration; PostgreSQL truncates names, such as that of its index, to 63 bytes. */
    private static final Pattern NAME = Pattern.compile("(\\d{4})-([a-z][a-z0-9]*(?:-[a-z0-9]+)*)");
    private static final int LONGEST_NAME = 40;
    private static final Pattern INCLUDE = Pattern.compile("^ {6}file: (\\d{4})-[^/]+/changelog\\.yaml$", Pattern.MULTILINE);

    private final Path changelogs;

    /** Takes the folder that contains a folder per system. */
    public NewMigration(Path changelogs) {
        this.changelogs = changelogs;
    }

    public static void main(String[] args) throws IOException {
        try {
            System.out.print(new NewMigration(Path.of("changelog")).create(System.getProperty("system", ""), System.getProperty("name", "")));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** Writes the files and returns a message for the user; throws an IllegalArgumentException with the reason if nothing was written. */
    public String create(String system, String name) throws IOException {
        Path folder = changelogs.resolve(system);
        Path main = folder.resolve("changelog.yaml");
        if (!systems().contains(system)) {
            throw new IllegalArgumentException("There is no system \"" + system + "\". Give one with -Dsystem: " + String.join(", ", systems()) + ".");
        }
        Matcher parts = NAME.matcher(name);
        if (!parts.matches() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("\"" + name + "\" is not a valid migration name. Give four digits and words in lower case, at most "
                    + LONGEST_NAME + " characters: -Dname=" + next(main) + "-what-it-is-for.");
        }
        String number = parts.group(1);
        if (!number.equals(next(main))) {
            boolean taken = number.compareTo(next(main)) < 0;
            throw new IllegalArgumentException("The number " + number + (taken ? " is taken" : " leaves a gap") + " in " + main + ". The next one is "
                    + next(main) + ".");
        }
        Path target = folder.resolve(name);
        if (Files.exists(target)) {
            throw new IllegalArgumentException(target + " exists already.");
        }
        Map<String, String> files = files(system, number, parts.group(2));
        for (var file : files.entrySet()) {
            Path path = target.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Files.writeString(main, Files.readString(main).stripTrailing() + """

                  - include:
                      file: %s/changelog.yaml
                      relativeToChangelogFile: true
                """.formatted(name));
        return report(system, name, target, files);
    }

    private List<String> systems() throws IOException {
        try (Stream<Path> folders = Files.list(changelogs)) {
            return folders.filter(folder -> Files.exists(folder.resolve("changelog.yaml")))
                    .map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    static String next(Path main) throws IOException {
        return INCLUDE.matcher(Files.readString(main)).results().map(include -> Integer.valueOf(include.group(1)))
                .reduce(Integer::max).map(last -> "%04d".formatted(last + 1)).orElse("0001");
    }

    private static String report(String system, String name, Path target, Map<String, String> files) {
        String profile = system.equals("polaris") ? "" : " -P" + system;
        return """
                Created %s/ with
                  %s
                and included it in changelog/%s/changelog.yaml. It can be applied unchanged. Next steps:
                  1. Replace every TODO, and the example table, function, policies and grants. Delete the files that you do not need and
                     their includes; the last changeset keeps the tag.
                  2. List in safe-checks.yaml what the migration uses and what it creates.
                  3. mvn test-compile liquibase:update%s
                     mvn liquibase:rollback%s -Dliquibase.rollbackTag=%04d rolls it back; then update again.
                  4. Write its tests, then mvn verify. Conventions: CONTRIBUTING.md; rules: docs/rules.md.
                """.formatted(target.toString().replace('\\', '/'), String.join("\n  ", files.keySet()), system, profile, profile,
                Integer.parseInt(name.substring(0, 4)) - 1);
    }

    /** Texts of the migration's files by path in its folder. */
    private static Map<String, String> files(String system, String number, String words) {
        String table = words.replace('-', '_');
        Map<String, String> files = new LinkedHashMap<>();
        files.put("changelog.yaml", CHANGELOG);
        files.put("safe-checks.yaml", SAFE_CHECKS);
        files.put(table + ".yaml", TABLE);
        files.put("functions.yaml", FUNCTIONS);
        files.put("functions/count_" + table + ".sql", FUNCTION);
        files.put("access.yaml", ACCESS);
        files.replaceAll((path, text) -> text.replace("SYSTEM", system).replace("NUMBER", number).replace("WORDS", words).replace("TABLE", table));
        return files;
    }

    private static final String CHANGELOG = """
            # TODO: say in one sentence what this migration is for.

            databaseChangeLog:
              - logicalFilePath: SYSTEM/NUMBER

              - include:
                  file: safe-checks.yaml
                  relativeToChangelogFile: true
              - include:
                  file: TABLE.yaml
                  relativeToChangelogFile: true
              - include:
                  file: functions.yaml
                  relativeToChangelogFile: true
              - include:
                  file: access.yaml
                  relativeToChangelogFile: true
            """;

    private static final String SAFE_CHECKS = """
            # Safe checks of migration NUMBER: the objects that it uses exist, and the tables, views and functions that it creates do not.

            databaseChangeLog:
              - logicalFilePath: SYSTEM/NUMBER

              - changeSet:
                  id: NUMBER-safe-checks
                  author: SYSTEM
                  comment: Check that the objects that this migration uses exist, and that the tables, views and functions that it creates do not; change nothing.
                  preConditions:
                    - onFail: HALT
                    - onFailMessage: "Migration NUMBER cannot start. The query in changelog/SYSTEM/NUMBER-WORDS/safe-checks.yaml lists the objects that are missing or in the way. If objects are missing, check the URL and whether all earlier migrations have run. If objects are in the way and everything pending exists already and is identical, adopt it with liquibase:changelogSync; otherwise rename these objects."
                    - sqlCheck:
                        expectedResult: ""
                        sql: |-
                          select concat_ws(
                              '; ',
                              'missing: ' || (
                                  select string_agg(name, ', ')
                                  from unnest(array[
                                      'auth.uid()', 'private.refuse_data_loss(regclass, boolean, name)'
                                  ]) as name
                                  where case when name like '%(%' then to_regprocedure(name)::oid else to_regclass(name) end is null
                              ),
                              'in the way: ' || (
                                  select string_agg(name, ', ')
                                  from unnest(array[
                                      'public.TABLE',
                                      'public.count_TABLE()'
                                  ]) as name
                                  where case when name like '%(%' then to_regprocedure(name)::oid else to_regclass(name) end is not null
                              )
                          )
                  changes:
                    - empty: {}
                  rollback:
                    # The check creates nothing.
                    - empty: {}
            """;

    private static final String TABLE = """
            # The table public.TABLE: columns, checks, keys and indexes.

            databaseChangeLog:
              - logicalFilePath: SYSTEM/NUMBER

              - changeSet:
                  id: NUMBER-WORDS
                  author: SYSTEM
                  comment: Create TABLE. No access until its policies and grants are added.
                  changes:
                    - createTable:
                        schemaName: public
                        tableName: TABLE
                        remarks: "TODO: say what a row is."
                        columns:
                          - column: { name: id, type: uuid, defaultValueComputed: gen_random_uuid(),
                              remarks: "Primary key, generated by the database.", constraints: { nullable: false, primaryKey: true, primaryKeyName: TABLE_pkey } }
                          - column: { name: user_id, type: uuid, remarks: "The account that owns the row.", constraints: { nullable: false } }
                          - column: { name: title, type: text, remarks: "TODO: say what it means, who writes it, and its limits.", constraints: { nullable: false } }
                          - column: { name: created_at, type: timestamptz, defaultValueComputed: now(),
                              remarks: "When the row was inserted; clients cannot set it.", constraints: { nullable: false } }
                    - sql:
                        splitStatements: false
                        sql: |-
                          alter table public.TABLE enable row level security;
                          revoke all on table public.TABLE from public, anon, authenticated, service_role;

                          alter table public.TABLE
                              add constraint TABLE_title_check check (char_length(title) between 1 and 200);
                  rollback:
                    - sql:
                        sql: |-
                          select private.refuse_data_loss('public.TABLE', '${allowDataLoss}');
                    - dropTable:
                        schemaName: public
                        tableName: TABLE

              - changeSet:
                  id: NUMBER-WORDS-user-id-index
                  author: SYSTEM
                  comment: Index TABLE.user_id, which its policies filter by.
                  changes:
                    - createIndex:
                        schemaName: public
                        tableName: TABLE
                        indexName: idx_TABLE_user_id
                        columns:
                          - column: { name: user_id }
                  rollback:
                    - dropIndex:
                        schemaName: public
                        tableName: TABLE
                        indexName: idx_TABLE_user_id
            """;

    private static final String FUNCTIONS = """
            # The functions of this migration; each body is in functions/<name>.sql.

            databaseChangeLog:
              - logicalFilePath: SYSTEM/NUMBER

              - changeSet:
                  id: NUMBER-count-WORDS
                  author: SYSTEM
                  comment: Add count_TABLE, which counts the caller's rows.
                  changes:
                    - sqlFile:
                        path: functions/count_TABLE.sql
                        relativeToChangelogFile: true
                        splitStatements: false
                  rollback:
                    - sql:
                        sql: |-
                          drop function public.count_TABLE();
            """;

    private static final String FUNCTION = """
            create or replace function public.count_TABLE()
            returns bigint
            language sql
            stable
            security invoker
            set search_path = ''
            as $$
                select count(*)
                from public.TABLE
                where user_id = (select auth.uid())
            $$;

            comment on function public.count_TABLE() is 'Counts the rows of TABLE that the caller owns.';

            revoke all on function public.count_TABLE() from public, anon, authenticated, service_role;
            grant execute on function public.count_TABLE() to authenticated;
            """;

    private static final String ACCESS = """
            # Policies and grants, one changeset per table; included last, so that a rollback revokes access first.

            databaseChangeLog:
              - logicalFilePath: SYSTEM/NUMBER

              - changeSet:
                  id: NUMBER-WORDS-access
                  author: SYSTEM
                  comment: Policies and grants of TABLE. Users read, add and delete their own rows.
                  changes:
                    - sql:
                        splitStatements: false
                        sql: |-
                          create policy TABLE_select_own
                              on public.TABLE
                              for select
                              to authenticated
                              using (user_id = (select auth.uid()));
                          create policy TABLE_insert_own
                              on public.TABLE
                              for insert
                              to authenticated
                              with check (user_id = (select auth.uid()));
                          create policy TABLE_delete_own
                              on public.TABLE
                              for delete
                              to authenticated
                              using (user_id = (select auth.uid()));
                          grant select, insert (user_id, title), delete on table public.TABLE to authenticated;
                          grant select, insert, update, delete on table public.TABLE to service_role;
                    - tagDatabase:
                        tag: "NUMBER"
                        keepTagOnRollback: true
                  rollback:
                    - sql:
                        splitStatements: false
                        sql: |-
                          revoke select, insert, update, delete on table public.TABLE from service_role;
                          revoke select, insert (user_id, title), delete on table public.TABLE from authenticated;
                          drop policy TABLE_delete_own on public.TABLE;
                          drop policy TABLE_insert_own on public.TABLE;
                          drop policy TABLE_select_own on public.TABLE;
            """;
}
