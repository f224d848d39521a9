namespace Sluice.Runtime.Audit;

/// <summary>Collects what the checks of one run find.</summary>
internal sealed class AuditFindings
{
    private readonly List<AuditProblem> _problems = [];

    public void Add(long sequence, string code, string message) =>
        _problems.Add(new() { Sequence = sequence, Code = code, Message = message });

    public IReadOnlyList<AuditProblem> ToList() => [.. _problems.OrderBy(problem => problem.Sequence)];
}
