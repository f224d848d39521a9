using System.Diagnostics.CodeAnalysis;

namespace Sluice.JsonSchemas.Patterns;

/// <summary>The patterns of one compilation, each made once.</summary>
internal sealed class PatternCache(TimeSpan timeout)
{
    // An automaton takes up to half a megabyte; a schema with thousands of patterns must not take gigabytes.
    private const int MaxAutomata = 100;

    private readonly Dictionary<string, SchemaPattern> _patterns = new(StringComparer.Ordinal);

    public bool TryGet(string source, [NotNullWhen(true)] out SchemaPattern? pattern, out string problem)
    {
        problem = "";
        if (_patterns.TryGetValue(source, out pattern)) return true;
        if (!SchemaPattern.TryCreate(source, timeout, _patterns.Count < MaxAutomata, out pattern, out problem)) return false;
        _patterns.Add(source, pattern);
        return true;
    }
}
