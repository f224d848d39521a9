using System.Globalization;

namespace Inventory;

/// <summary>What the command line asks for.</summary>
internal sealed class Options
{
    /// <summary>The names of all options.</summary>
    private static readonly string[] Names =
        ["--approve", "--data", "--database", "--events", "--help", "--live", "--markdown", "--new", "--policies", "--record", "--replay", "--reset",
        "--resume"];

    /// <summary>Who answers approval requests. Default: whoever sits at the terminal.</summary>
    public ApprovalChoice Approve { get; private set; }

    /// <summary>The folder of the databases; null: the default one.</summary>
    public string? DataFolder { get; private set; }

    /// <summary>A SQLite file to explore instead of running the main job; null: the main job.</summary>
    public string? Database { get; private set; }

    /// <summary>Whether every event is printed as a line of JSON.</summary>
    public bool ShowEvents { get; private set; }

    /// <summary>Whether only the help is shown.</summary>
    public bool ShowHelp { get; private set; }

    /// <summary>The folder of the policy documents; null: those that come with the example.</summary>
    public string? Policies { get; private set; }

    /// <summary>By how many percent prices are lowered, 1 to 90. Default: 20.</summary>
    public decimal MarkDown { get; private set; } = 20;

    /// <summary>Whether models answer, or a recording of them, and no script.</summary>
    public bool IsLive { get; private set; }

    /// <summary>The file to record the models' answers into; null: they are not recorded.</summary>
    public string? Record { get; private set; }

    /// <summary>The file of recorded answers that no model is asked for; null: there is none.</summary>
    public string? Replay { get; private set; }

    /// <summary>Whether the operational database starts anew and earlier runs are forgotten.</summary>
    public bool Reset { get; private set; }

    /// <summary>What to do with a run that an earlier start left behind.</summary>
    public StartChoice Start { get; private set; }

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
            if (!seen.Add(name)) problems.Add($"Option '{name}' is given twice.");
            options.Apply(name, parts.Length == 2 ? parts[1] : null, rest, problems);
        }

        if (options.Database is not null && seen.Overlaps(["--approve", "--data", "--live", "--markdown", "--new", "--policies", "--record", "--replay", "--reset", "--resume"]))
            problems.Add("Option '--database' goes with '--events' only: it explores a file by script and only reads.");
        if (seen.Contains("--record") && seen.Contains("--replay"))
            problems.Add("Options '--record' and '--replay' do not go together: what is replayed is recorded already.");
        if (seen.Contains("--resume") && seen.Overlaps(["--new", "--reset"]))
            problems.Add("Option '--resume' goes on with a run, so it does not go with '--new' or '--reset'.");
        return options;
    }

    private void Apply(string name, string? given, Queue<string> rest, ICollection<string> problems)
    {
        switch (name)
        {
            case "--approve": Approve = ReadApprove(CommandLine.ReadValue(name, given, rest, problems), problems); break;
            case "--data": DataFolder = CommandLine.ReadValue(name, given, rest, problems); break;
            case "--database": Database = CommandLine.ReadValue(name, given, rest, problems); break;
            case "--markdown": MarkDown = ReadPercent(CommandLine.ReadValue(name, given, rest, problems), problems); break;
            case "--events" or "--help" or "--live" or "--new" or "--reset" or "--resume" when given is not null: problems.Add($"Option '{name}' takes no value."); break;
            case "--events": ShowEvents = true; break;
            case "--help": ShowHelp = true; break;
            case "--live": IsLive = true; break;
            case "--new": Start = StartChoice.New; break;
            case "--policies": Policies = CommandLine.ReadValue(name, given, rest, problems); break;
            case "--record": (Record, IsLive) = (CommandLine.ReadValue(name, given, rest, problems), true); break;
            case "--replay": (Replay, IsLive) = (CommandLine.ReadValue(name, given, rest, problems), true); break;
            case "--reset": Reset = true; break;
            case "--resume": Start = StartChoice.Resume; break;
            default: problems.Add(CommandLine.NoSuchOption(name, Names)); break;
        }
    }

    private static ApprovalChoice ReadApprove(string? value, ICollection<string> problems)
    {
        if (Enum.GetValues<ApprovalChoice>().Cast<ApprovalChoice?>()
            .FirstOrDefault(choice => string.Equals(choice.ToString(), value, StringComparison.OrdinalIgnoreCase)) is { } known)
            return known;
        if (value is not null) problems.Add($"Option '--approve' is '{value}'; it must be ask, always or never.");
        return ApprovalChoice.Ask;
    }

    private static decimal ReadPercent(string? value, ICollection<string> problems)
    {
        var isNumber = decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent);
        if (isNumber && percent is >= 1 and <= 90) return percent;
        if (value is not null) problems.Add($"Option '--markdown' is '{value}'; it must be a number of percent from 1 to 90.");
        return 0;
    }
}
