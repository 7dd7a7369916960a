# Chooses the entries of a dump's table of contents (pg_restore -l) that the changelog does not create, as made.txt lists it, which is read
# first. Prints one part: before, which the changelog's tables can refer to, or after, which needs all tables and their rows.

BEGIN {
    FS = "\t"
    types = split("MATERIALIZED VIEW,FK CONSTRAINT,CHECK CONSTRAINT,ROW SECURITY,DEFAULT ACL,SEQUENCE OWNED BY,EVENT TRIGGER,PUBLICATION TABLE,"\
        "TABLE ATTACH,INDEX ATTACH,SHELL TYPE,OPERATOR CLASS,OPERATOR FAMILY,TEXT SEARCH CONFIGURATION,TEXT SEARCH DICTIONARY", known, ",")
}

FNR == NR {
    made[$0] = 1
    if ($1 == "index") {
        split($2, relation, ".")
        index_of[relation[1] "." $3] = 1
    }
    next
}

/^[0-9]+; / {
    entry = $0
    sub(/^[0-9]+; [0-9]+ [0-9]+ /, "")
    sub(/ [^ ]*$/, "")
    kind = type($0)
    rest = substr($0, length(kind) + 2)
    schema = rest; sub(/ .*/, "", schema)
    name = substr(rest, length(schema) + 2)
    if (!mine(kind, schema, name) && (late(kind) ? "after" : "before") == part) {
        print entry
    }
}

function type(text,    i) {
    for (i = 1; i <= types; i++) {
        if (index(text, known[i] " ") == 1) {
            return known[i]
        }
    }
    sub(/ .*/, "", text)
    return text
}

function late(kind) {
    return kind ~ /^(VIEW|MATERIALIZED VIEW|RULE|TRIGGER|FK CONSTRAINT|CHECK CONSTRAINT|POLICY|ACL|COMMENT|STATISTICS)$/
}

# Tells whether the changelog or the platform creates the object.
function mine(kind, schema, name,    first, other) {
    first = name; sub(/ .*/, "", first)
    other = substr(name, length(first) + 2)
    if (kind == "DEFAULT ACL" || kind == "EXTENSION" || kind == "EVENT TRIGGER" || kind ~ /^(PUBLICATION|SUBSCRIPTION)/) {
        return 1
    }
    if (kind == "SCHEMA") {
        return name == "public" || ("schema\t" name) in made
    }
    if (kind == "FUNCTION" || kind == "PROCEDURE" || kind == "AGGREGATE") {
        sub(/\(.*/, "", name)
        return ("function\t" schema "." name) in made
    }
    if (kind == "TYPE" || kind == "DOMAIN") {
        return ("type\t" schema "." name) in made
    }
    if (kind == "TRIGGER" || kind == "POLICY") {
        return (tolower(kind) "\t" schema "." first "\t" other) in made
    }
    if (kind ~ /CONSTRAINT$/) {
        return ("constraint\t" schema "." first "\t" other) in made
    }
    if (kind == "INDEX") {
        return (schema "." name) in index_of
    }
    if (kind == "ACL" || kind == "COMMENT") {
        if (first == "EXTENSION") {
            return 1
        }
        if (other ~ / ON / && first ~ /^(TRIGGER|POLICY|CONSTRAINT)$/) {
            split(other, pair, " ON ")
            return mine(first, schema, pair[2] " " pair[1])
        }
        return first ~ /^(SCHEMA|FUNCTION|PROCEDURE|AGGREGATE|TYPE|DOMAIN|INDEX)$/ ? mine(first, schema, other) : 0
    }
    return 0
}
