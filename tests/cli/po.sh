# The translations: every string that the sources mark has a translation, checked by a reader (not
# fuzzy), in bokmål and in nynorsk, and its format directives fit.
. "${srcdir:-.}/tests/cli/lib.sh"

: "${XGETTEXT:=xgettext}" "${MSGFMT:=msgfmt}" "${MSGMERGE:=msgmerge}"

# Writes the strings marked in the source tree $1 to the catalogue $2.
extract()
(
    cd "$1" || exit 1
    find src include -name '*.[ch]' | LC_ALL=C sort >"$top_work/sources"
    "$XGETTEXT" --from-code=UTF-8 --language=C --sort-by-file --keyword=_ --keyword=N_ \
        --flag=_:1:pass-c-format --flag=N_:1:pass-c-format --flag=error_set:5:c-format \
        --flag=buf_addf:2:c-format --files-from="$top_work/sources" --output="$2"
)

# Prints the messages of catalogue $1 that $2… (msgattrib's options) select, without the header.
select_messages()
{
    catalogue=$1
    shift
    msgattrib --no-wrap --no-obsolete "$@" "$catalogue" |
        awk 'BEGIN { RS = ""; ORS = "\n\n" } $0 !~ /(^|\n)msgid ""\nmsgstr/'
}

# Checks the catalogue $2 against the strings in $1; silent when all is well.
check_catalogue()
{
    # Merged first, so that the c-format flags are the sources' and not what the file happens to say.
    "$MSGMERGE" --quiet --no-fuzzy-matching --no-wrap --output-file="$top_work/merged.po" "$2" "$1" ||
        return 1
    "$MSGFMT" --check --check-format --output-file="$top_work/merged.mo" "$top_work/merged.po" ||
        return 1
    "$MSGFMT" --check --check-format --output-file="$top_work/own.mo" "$2" || return 1
    untranslated=$(select_messages "$top_work/merged.po" --untranslated)
    fuzzy=$(select_messages "$top_work/merged.po" --only-fuzzy)
    [ -z "$untranslated" ] || printf 'without a translation:\n%s\n' "$untranslated"
    [ -z "$fuzzy" ] || printf 'fuzzy:\n%s\n' "$fuzzy"
    [ -z "$untranslated$fuzzy" ]
}

ok 'the marked strings can be extracted' extract "$srcdir" "$top_work/all.pot"
ok 'there are strings to translate' grep -q '^#: src/' "$top_work/all.pot"
for language in nb nn; do
    ok "$language.po has every string" check_catalogue "$top_work/all.pot" \
        "$srcdir/share/po/$language.po"
    unused=$(msgattrib --only-obsolete --no-wrap "$top_work/merged.po" 2>/dev/null | grep -c '^#~ msgid')
    [ "${unused:-0}" -eq 0 ] || note "$unused messages of $language.po are not used any more"
done

# That the check can fail: one string of each kind, first all right, then each thing amiss.
mkdir -p tree/src tree/include
cat >tree/src/a.c <<'EOF'
const char *a = N_("people");
void b(struct error *e, int n)
{
    puts(_("saved"));
    error_set(e, ST_REFUSED, NULL, NULL, _("row %d is too long"), n);
}
EOF
sample()
{
    printf 'msgid ""\nmsgstr "Language: nb\\nContent-Type: text/plain; charset=UTF-8\\n"\n'
    printf '\nmsgid "people"\nmsgstr "%s"\n' "$1"
    printf '\n%smsgid "saved"\nmsgstr "lagret"\n' "$2"
    printf '\nmsgid "row %%d is too long"\nmsgstr "%s"\n' "$3"
}
ok 'sample strings extracted' extract tree "$PWD/sample.pot"
sample 'personer' '' 'rad %d er for lang' >good.po
sample '' '' 'rad %d er for lang' >empty.po
sample 'personer' '#, fuzzy
' 'rad %d er for lang' >fuzzy.po
sample 'personer' '' 'rad %s er for lang' >format.po
sed '/^msgid "saved"/,/^$/d' good.po >missing.po
ok 'a complete catalogue passes' check_catalogue sample.pot good.po
status 1 check_catalogue sample.pot empty.po
stdout_has 'msgid "people"'
status 1 check_catalogue sample.pot fuzzy.po
stdout_has 'fuzzy'
status 1 check_catalogue sample.pot missing.po
stdout_has 'msgid "saved"'
# msgmerge turns a translation whose directives do not fit into a fuzzy one.
status 1 check_catalogue sample.pot format.po
stdout_has 'rad %s er for lang'
status 1 check_catalogue sample.pot absent.po

finish
