namespace Sluice.Data;

/// <summary>A column of a result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DataType">Its type as the engine names it; null where the engine does not say.</param>
public sealed record QueryColumn(string Name, string? DataType);
