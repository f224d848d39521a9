namespace Sluice;

/// <summary>Finds every problem of a runtime spec in one pass.</summary>
internal static class SpecValidator
{
    public static IReadOnlyList<SpecError> Validate(RuntimeSpec spec)
    {
        _ = spec;
        return [];
    }
}
