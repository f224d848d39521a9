namespace Sluice.Runtime.Recordings;

/// <summary>Tells of a cassette that cannot be used, once for all agents.</summary>
internal static class CassetteProblem
{
    public static void Add(ICollection<SpecError> problems, SluiceException exception)
    {
        var problem = new SpecError(exception.Code, "interpreter", exception.Message);
        if (!problems.Contains(problem)) problems.Add(problem);
    }
}
