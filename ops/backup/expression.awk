# Normalizes the output of catalog.sql: removes blanks and redundant parentheses, which are those around a complete operand of "and" or "or"
# and around a nested use of the same operator. A dump and restore adds or removes such parentheses.

{
    count = 0
    rest = $0
    while (match(rest, /'[^']*'|"[^"]*"|[A-Za-z0-9_.$]+|[()]|[^ \tA-Za-z0-9_.$()'"]+|['"]/)) {
        tokens[++count] = substr(rest, RSTART, RLENGTH)
        rest = substr(rest, RSTART + RLENGTH)
    }
    at = 1
    line = ""
    while (at <= count) {
        line = line group()
        if (at <= count) line = line " " tokens[at]
        at++
    }
    print line
}

# Returns the normalized tokens up to the closing parenthesis of this group, or to the end. Sets has_or to whether an "or" joins its operands.
function group(    text, factors, operand, size, inner, inner_or, with_or, word) {
    for (; ; at++) {
        word = at > count || tokens[at] == ")" ? "" : tolower(tokens[at])
        if (word == "" || word == "and" || word == "or") {
            # An operand in parentheses keeps them only if it contains an "or" and is combined with other operands by "and".
            if (size == 1 && inner != "" && (!inner_or || !factors && word != "and")) {
                operand = inner
                with_or = with_or || inner_or
            }
            text = text operand
            if (word == "") {
                has_or = with_or
                return text
            }
            text = text " " word " "
            factors = word == "and"
            with_or = with_or || word == "or"
            operand = inner = ""
            size = 0
        } else if (word == "(") {
            at++
            inner = group()
            inner_or = has_or
            operand = operand (size++ ? " " : "") "(" inner ")"
        } else {
            operand = operand (size++ ? " " : "") tokens[at]
            inner = ""
        }
    }
}
