using System.Runtime.InteropServices;

namespace Sluice.Evals.Artifacts;

/// <summary>Where the line of each sample stands. This, and not what it says, is all that stays in memory of a sample.</summary>
internal sealed class SampleIndex(EvalDataset dataset, int samplesPerCase)
{
    private readonly Dictionary<string, int> _cases = dataset.Cases.Index().ToDictionary(pair => pair.Item.Id, pair => pair.Index, StringComparer.Ordinal);
    private readonly Place[] _places = new Place[dataset.Cases.Count * samplesPerCase];

    /// <summary>The place of a sample; length 0 while it has none. The latest line of a sample counts.</summary>
    public Place this[int caseIndex, int sample]
    {
        get => _places[(caseIndex * samplesPerCase) + sample - 1];
        set => _places[(caseIndex * samplesPerCase) + sample - 1] = value;
    }

    public int SamplesPerCase => samplesPerCase;

    /// <summary>The case of a sample; -1 when the dataset has no such sample.</summary>
    public int Find(SampleResult result) =>
        result.Sample >= 1 && result.Sample <= samplesPerCase ? _cases.GetValueOrDefault(result.CaseId, -1) : -1;

    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Place(long Offset, int Length, SampleState State);
}

/// <summary>What is known of a sample.</summary>
internal enum SampleState
{
    /// <summary>Nothing: it is still to run.</summary>
    Missing,

    /// <summary>It has a score.</summary>
    Scored,

    /// <summary>It ran, and a judge gave no verdict.</summary>
    Unjudged,

    /// <summary>It could not be run for reasons that are not the agent's.</summary>
    Errored,
}
