using System.Globalization;
using System.Text;

namespace Sluice;

/// <summary>The account of a run: who proposed, who approved, who did what, and with which result.</summary>
public sealed record RunAudit
{
    /// <summary>The run as its row shows it.</summary>
    public required RunRecord Run { get; init; }

    /// <summary>What happened, in order.</summary>
    public required IReadOnlyList<AuditLine> Lines { get; init; }

    /// <summary>The account as text for a terminal: the same lines give the same text. Lines end with a line feed.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Run {Run.RunId} on thread {Run.ThreadId}: {Run.State.ToString().ToLowerInvariant()}, {Run.LastEntry} entries\n");
        if (Lines.Count == 0) return text.ToString();
        var place = Lines[^1].Sequence.ToString(CultureInfo.InvariantCulture).Length;
        var who = Lines.Max(line => line.Who.Length);
        foreach (var line in Lines)
        {
            text.Append(line.Sequence.ToString(CultureInfo.InvariantCulture).PadLeft(place))
                .Append(line.At.UtcDateTime.ToString("  yyyy-MM-dd HH:mm:ss.fff'Z'  ", CultureInfo.InvariantCulture))
                .Append(line.Who.PadRight(who)).Append("  ").Append(line.What).Append('\n');
        }

        return text.ToString();
    }
}
