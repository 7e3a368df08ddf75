# Makes src/db/schema.c from the migrations, given in order.
BEGIN {
    print "/* Made from share/schema by embed.awk. */"
    print "#include \"db/migrate.h\"\n"
    print "const struct migration migrations[] = {"
}
FNR == 1 {
    if (n++)
        print "    },"
    name = FILENAME
    sub(/.*\//, "", name)
    number = name + 0
    if (number != n) {
        print "embed.awk: " FILENAME ": migration " n " expected" > "/dev/stderr"
        exit 1
    }
    printf "    {%d, \"%s\",\n", number, name
}
{
    gsub(/\\/, "\\\\")
    gsub(/"/, "\\\"")
    print "     \"" $0 "\\n\""
}
END {
    print "    },"
    print "};"
    print "const int migrations_count = " n ";"
}
