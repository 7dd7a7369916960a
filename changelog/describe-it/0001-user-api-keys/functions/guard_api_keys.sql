create or replace function private.guard_api_keys()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- The error of the check constraints would quote the row, including the key.
    if private.is_envelope(new.openai_api_key) is false
        or private.is_envelope(new.unsplash_api_key) is false
        or private.is_envelope(new.anthropic_api_key) is false
    then
        raise exception 'The key is not in the format of an encrypted envelope' using
            errcode = 'check_violation',
            hint = 'Encrypt the key on the server as enc:v1:<key id>:<nonce>:<ciphertext>. Revoke a key that was sent unencrypted.';
    end if;
    return new;
end
$$;

comment on function private.guard_api_keys() is
    'Trigger: reject keys that are not encrypted envelopes, with an error that does not contain the key.';

revoke all on function private.guard_api_keys() from public;
