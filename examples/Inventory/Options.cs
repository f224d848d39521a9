using System.Globalization;

namespace Inventory;

/// <summary>What the command line asks for.</summary>
internal sealed class Options
{
    /// <summary>The names of all options.</summary>
    private static readonly string[] Names =
        ["--approve", "--data", "--database", "--events", "--help", "--live", "--markdown", "--new", "--record", "--replay", "--reset", "--resume"];

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

        if (options.Database is not null && seen.Overlaps(["--approve", "--data", "--live", "--markdown", "--new", "--record", "--replay", "--reset", "--resume"]))
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
            case "--approve": Approve = ReadApprove(ReadValue(name, given, rest, problems), problems); break;
            case "--data": DataFolder = ReadValue(name, given, rest, problems); break;
            case "--database": Database = ReadValue(name, given, rest, problems); break;
            case "--markdown": MarkDown = ReadPercent(ReadValue(name, given, rest, problems), problems); break;
            case "--events" or "--help" or "--live" or "--new" or "--reset" or "--resume" when given is not null: problems.Add($"Option '{name}' takes no value."); break;
            case "--events": ShowEvents = true; break;
            case "--help": ShowHelp = true; break;
            case "--live": IsLive = true; break;
            case "--new": Start = StartChoice.New; break;
            case "--record": (Record, IsLive) = (ReadValue(name, given, rest, problems), true); break;
            case "--replay": (Replay, IsLive) = (ReadValue(name, given, rest, problems), true); break;
            case "--reset": Reset = true; break;
            case "--resume": Start = StartChoice.Resume; break;
            default: problems.Add($"There is no option '{name}'. {Hint(name)}"); break;
        }
    }

    private static string Hint(string name) =>
        Names.Where(known => Distance(name, known) <= 3).MinBy(known => Distance(name, known)) is { } nearest
            ? $"Did you mean '{nearest}'?"
            : $"The options are {string.Join(", ", Names)}.";

    /// <summary>How many letters have to be put in, taken out or replaced to get from one to the other.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }

    /// <summary>The value after '=', else the next argument; null, with a problem, when there is none.</summary>
    private static string? ReadValue(string name, string? given, Queue<string> rest, ICollection<string> problems)
    {
        if (given is null && rest.TryPeek(out var next) && !next.StartsWith("--", StringComparison.Ordinal)) given = rest.Dequeue();
        if (!string.IsNullOrWhiteSpace(given)) return given;
        problems.Add($"Option '{name}' needs a value.");
        return null;
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
