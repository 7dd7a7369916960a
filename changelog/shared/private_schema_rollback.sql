do $$
declare
    schema_oid oid := to_regnamespace('private');
begin
    if obj_description(schema_oid, 'pg_namespace') = 'Helpers that the API must not reach. Made by the changelog ${system}.'
        and not exists (
            select
            from pg_catalog.pg_depend as d
            where d.refclassid = 'pg_catalog.pg_namespace'::regclass
                and d.refobjid = schema_oid
        )
    then
        drop schema private;
    end if;
end
$$;
