namespace Sluice.Sqlite.Tests.TargetDatabase;

/// <summary>One statement of the corpus.</summary>
/// <param name="Family">What it tries, or what kind of analysis it is.</param>
/// <param name="Name">Unique in the corpus.</param>
/// <param name="Sql">The statement; <c>{folder}</c> stands for the folder of the database.</param>
internal sealed record StatementCase(string Family, string Name, string Sql)
{
    public override string ToString() => $"{Family}/{Name}";
}
