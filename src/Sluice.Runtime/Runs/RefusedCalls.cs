namespace Sluice.Runtime.Runs;

/// <summary>What people refused in a run, by digest: it is not asked again.</summary>
internal sealed class RefusedCalls
{
    private Dictionary<string, string?>? _feedbackByDigest;

    public void Add(string digest, string? feedback) => (_feedbackByDigest ??= new(StringComparer.Ordinal))[digest] = feedback;

    public bool TryGet(string digest, out string? feedback)
    {
        feedback = null;
        return _feedbackByDigest is not null && _feedbackByDigest.TryGetValue(digest, out feedback);
    }
}
