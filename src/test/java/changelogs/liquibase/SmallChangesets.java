package changelogs.liquibase;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A changelog of many small changesets; number i creates the table {@code public.t_i}. */
final class SmallChangesets {

    private SmallChangesets() {
    }

    static String yaml(int count) {
        return IntStream.range(0, count).mapToObj(SmallChangesets::changeSet)
                .collect(Collectors.joining("\n", "databaseChangeLog:\n  - logicalFilePath: changelog.yaml\n\n", ""));
    }

    private static String changeSet(int i) {
        return switch (i % 6) {
            case 2 -> structured(i);
            case 4 -> severalStatements(i);
            default -> oneStatement(i);
        };
    }

    private static String oneStatement(int i) {
        return """
                  - changeSet:
                      id: "%1$d"
                      author: test
                      changes:
                        - sql:
                            splitStatements: false
                            sql: |-
                              create table public.t_%1$d (id integer primary key);
                      rollback:
                        - sql:
                            sql: |-
                              drop table public.t_%1$d;
                """.formatted(i);
    }

    private static String severalStatements(int i) {
        return """
                  - changeSet:
                      id: "%1$d"
                      author: test
                      changes:
                        - sql:
                            sql: |-
                              create table public.t_%1$d (id integer primary key);
                              insert into public.t_%1$d values (1), (2);
                        - sql:
                            sql: |-
                              create index on public.t_%1$d (id);
                      rollback:
                        - sql:
                            sql: |-
                              delete from public.t_%1$d;
                        - dropTable:
                            schemaName: public
                            tableName: t_%1$d
                """.formatted(i);
    }

    private static String structured(int i) {
        return """
                  - changeSet:
                      id: "%1$d"
                      author: test
                      changes:
                        - createTable:
                            schemaName: public
                            tableName: t_%1$d
                            remarks: A table.
                            columns:
                              - column:
                                  name: id
                                  type: uuid
                                  defaultValueComputed: gen_random_uuid()
                                  remarks: Primary key.
                                  constraints:
                                    nullable: false
                                    primaryKey: true
                              - column:
                                  name: label
                                  type: text
                                  remarks: Text of the note.
                      rollback:
                        - dropTable:
                            schemaName: public
                            tableName: t_%1$d
                """.formatted(i);
    }
}
