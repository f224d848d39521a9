namespace Sluice.JsonSchemas.Evaluating;

/// <summary>Finds the name that was probably meant, by edit distance without regard to case and separators.</summary>
public static class NearestName
{
    private const int MaxNameLength = 64;

    /// <summary>The candidate that was probably meant; null when none is near, or the name is longer than 64 characters.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="candidates">The names there are. Of several as near, the first.</param>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        if (name.Length > MaxNameLength) return null;
        var wanted = Simplify(name);
        if (wanted.Length == 0) return null;
        // The fewer letters a name has, the fewer mistakes leave something to recognise it by.
        var limit = Math.Max(wanted.Length < 4 ? 1 : 2, wanted.Length / 3);
        string? nearest = null;
        foreach (var candidate in candidates)
        {
            if (candidate.Length > MaxNameLength) continue;
            var distance = Distance(wanted, Simplify(candidate));
            if (distance > limit) continue;
            nearest = candidate;
            limit = distance - 1;
        }
        return nearest;
    }

    /// <summary>The end of a sentence that names what was probably meant, or what there is.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="candidates">The names there are.</param>
    /// <param name="listIntroduction">What stands before the list, such as <c>the keys are</c>.</param>
    public static string Suggest(string name, IReadOnlyCollection<string> candidates, string listIntroduction)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        if (Find(name, candidates) is { } nearest) return $"; did you mean {Excerpt.Quote(nearest)}?";
        return candidates.Count == 0 ? "." : $"; {listIntroduction}: {Excerpt.List([.. candidates.Select(Excerpt.Quote)])}.";
    }

    private static string Simplify(string name) => string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    /// <summary>How many letters were added, left out, mistaken, or swapped with their neighbour: optimal string alignment.</summary>
    private static int Distance(string left, string right)
    {
        Span<int> row = stackalloc int[MaxNameLength + 1];
        Span<int> above = stackalloc int[MaxNameLength + 1];
        Span<int> twoAbove = stackalloc int[MaxNameLength + 1];
        for (var j = 0; j <= right.Length; j++) above[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(substituted, Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) row[j] = Math.Min(row[j], twoAbove[j - 2] + 1);
            }

            var free = twoAbove;
            twoAbove = above;
            above = row;
            row = free;
        }

        return above[right.Length];
    }
}
