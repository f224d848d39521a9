namespace Analyst;

/// <summary>The text of <c>--help</c>.</summary>
internal static class Help
{
    public const string Text = """
        Looks at any SQLite or PostgreSQL database, notes in a catalog what is in it, and answers questions about it. The database is only read.
        Without --live no model and no key are needed: a script asks what the catalog suggests, and the answers are real.

        Usage: dotnet run --project examples/Analyst -- [options]
               dotnet run --project examples/Analyst -- studio [options] [--port NUMBER ...]   (the same as a web page)

          --database URL       sqlite:PATH, a path of a SQLite file, or postgres://USER:PASSWORD@HOST/DATABASE.
                               Default: the generated database of examples/Inventory, which is built when it is missing.
          --database-env NAME  The environment variable that holds the URL, which keeps passwords off the command line.
          --schema NAME        The schema whose tables are read. Default: public on PostgreSQL.
          --question TEXT      What to ask; may be given several times. Default: what the catalog suggests; with --live, what you type.
          --live               Let a model answer: needs ANTHROPIC_API_KEY or OPENAI_API_KEY in the environment, and costs money.
          --model NAME         The model, such as claude-sonnet-4-6. Default: one that there is a key for.
          --data DIR           The folder of the catalogs. Default: .sluice/analyst beside Sluice.slnx, which git ignores.
          --events             Also print every event as a line of JSON.
          --help               This text.

        The first run on a database looks at all of its tables; later ones only at those that changed.
        Exit codes: 0 done; 1 the database, the catalog or a run failed; 2 wrong options; 130 Ctrl+C.
        """;
}
