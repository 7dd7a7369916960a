do $$
begin
    if to_regnamespace('private') is null then
        create schema private;
        comment on schema private is 'Helpers that the API must not reach. Made by the changelog ${system}.';
    end if;
end
$$;
