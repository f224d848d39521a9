namespace Inventory;

/// <summary>What all command lines of the examples have in common.</summary>
internal static class CommandLine
{
    /// <summary>That an option is not known, with the nearest one.</summary>
    public static string NoSuchOption(string name, IReadOnlyCollection<string> known) =>
        known.Where(other => Distance(name, other) <= 3).MinBy(other => Distance(name, other)) is { } nearest
            ? $"There is no option '{name}'. Did you mean '{nearest}'?"
            : $"There is no option '{name}'. The options are {string.Join(", ", known)}.";

    /// <summary>The value after '=', else the next argument; null, with a problem, when there is none.</summary>
    public static string? ReadValue(string name, string? given, Queue<string> rest, ICollection<string> problems)
    {
        if (given is null && rest.TryPeek(out var next) && !next.StartsWith("--", StringComparison.Ordinal)) given = rest.Dequeue();
        if (!string.IsNullOrWhiteSpace(given)) return given;
        problems.Add($"Option '{name}' needs a value.");
        return null;
    }

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
}
