package changelogs.testing;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The commands that a role may run on a relation, tested by running each command on zero rows.
 *
 * @param commands a command and a column, such as {@code select id}; {@code delete} and {@code truncate} have no column
 */
public record Rights(List<String> commands) {

    /**
     * Creates the function that {@link #query} calls. For delete and truncate, an error other than a missing privilege does not count: rows
     * may be referenced.
     */
    public static final String FUNCTION = """
            create function public.rights(relation text, columns text[]) returns table (command text) language plpgsql as $$
            declare
                name text;
                statement text;
            begin
                foreach name in array columns loop
                    foreach statement in array array['select %1$s from %2$s limit 0', 'insert into %2$s (%1$s) select null where false',
                            'update %2$s set %1$s = default where false'] loop
                        begin
                            execute format(statement, name, relation);
                            command := split_part(statement, ' ', 1) || ' ' || name;
                            return next;
                        exception when others then null;
                        end;
                    end loop;
                end loop;
                foreach statement in array array['delete from %s where false', 'truncate %s'] loop
                    command := split_part(statement, ' ', 1);
                    begin
                        execute format(statement, relation);
                        return next;
                    exception
                        when insufficient_privilege or object_not_in_prerequisite_state or wrong_object_type then null;
                        when others then return next;
                    end;
                end loop;
            end
            $$
            """;

    /** The query that a role runs to find its rights; relation and columns are quoted where they need it. */
    public static String query(String relation, List<String> columns) {
        return "select command from public.rights('" + relation + "', array["
                + columns.stream().map(column -> "'" + column + "'").collect(Collectors.joining(", ")) + "]::text[])";
    }

    public List<String> columns(String command) {
        return commands.stream().filter(each -> each.startsWith(command + " ")).map(each -> each.substring(command.length() + 1)).toList();
    }

    public boolean may(String command) {
        return commands.contains(command);
    }
}
