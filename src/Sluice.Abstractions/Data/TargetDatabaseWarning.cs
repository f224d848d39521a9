namespace Sluice.Data;

/// <summary>Something about a target database that should be changed.</summary>
/// <param name="Code">Stable snake_case code, such as <c>superuser</c>.</param>
/// <param name="Message">What it is and what to do.</param>
public sealed record TargetDatabaseWarning(string Code, string Message);
