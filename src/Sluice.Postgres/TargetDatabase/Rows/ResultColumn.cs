namespace Sluice.Postgres.TargetDatabase.Rows;

/// <summary>A column as it is read: its type on the wire, and how callers see it.</summary>
internal readonly record struct ResultColumn(string Name, string? DataType, uint Type);
