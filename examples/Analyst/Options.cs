using Inventory;

namespace Analyst;

/// <summary>What the command line asks for.</summary>
internal sealed class Options
{
    private static readonly string[] Names =
        ["--data", "--database", "--database-env", "--events", "--help", "--live", "--model", "--question", "--schema"];

    /// <summary>The address of the database, or the path of a SQLite file; null: the example's own.</summary>
    public string? Database { get; private set; }

    /// <summary>The environment variable that holds the address; null: none.</summary>
    public string? DatabaseEnv { get; private set; }

    /// <summary>The schema whose tables are read; null: the database's default.</summary>
    public string? Schema { get; private set; }

    /// <summary>The folder of the catalogs; null: the default one.</summary>
    public string? DataFolder { get; private set; }

    /// <summary>Whether a model answers, and no script.</summary>
    public bool IsLive { get; private set; }

    /// <summary>The model to ask; null: one that there is a key for.</summary>
    public string? Model { get; private set; }

    /// <summary>The questions. None: those that the catalog suggests, or with a model whatever is typed.</summary>
    public List<string> Questions { get; } = [];

    /// <summary>Whether every event is printed as a line of JSON.</summary>
    public bool ShowEvents { get; private set; }

    /// <summary>Whether only the help is shown.</summary>
    public bool ShowHelp { get; private set; }

    /// <summary>Reads the arguments; every problem is added to <paramref name="problems"/>.</summary>
    public static Options Read(IReadOnlyList<string> arguments, ICollection<string> problems)
    {
        var options = new Options();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            var parts = argument.Split('=', 2);
            var name = parts[0] == "-h" ? "--help" : parts[0];
            if (!seen.Add(name) && name != "--question") problems.Add($"Option '{name}' is given twice.");
            options.Apply(name, parts.Length == 2 ? parts[1] : null, rest, problems);
        }

        if (seen.Contains("--database") && seen.Contains("--database-env"))
            problems.Add("Options '--database' and '--database-env' both say which database. Keep one.");
        if (seen.Contains("--model") && !options.IsLive) problems.Add("Option '--model' goes with '--live': without it a script answers.");
        return options;
    }

    private void Apply(string name, string? given, Queue<string> rest, ICollection<string> problems)
    {
        switch (name)
        {
            case "--events" or "--help" or "--live" when given is not null: problems.Add($"Option '{name}' takes no value."); break;
            case "--events": ShowEvents = true; break;
            case "--help": ShowHelp = true; break;
            case "--live": IsLive = true; break;
            case "--data": DataFolder = CommandLine.ReadValue(name, given, rest, problems); break;
            case "--database": Database = CommandLine.ReadValue(name, given, rest, problems); break;
            case "--database-env": DatabaseEnv = CommandLine.ReadValue(name, given, rest, problems); break;
            case "--model": Model = CommandLine.ReadValue(name, given, rest, problems); break;
            case "--schema": Schema = CommandLine.ReadValue(name, given, rest, problems); break;
            case "--question" when CommandLine.ReadValue(name, given, rest, problems) is { } question: Questions.Add(question); break;
            case "--question": break;
            default: problems.Add(CommandLine.NoSuchOption(name, Names)); break;
        }
    }
}
