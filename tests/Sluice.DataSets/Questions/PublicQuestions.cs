using Sluice.DataSets.Databases;

namespace Sluice.DataSets.Questions;

/// <summary>Questions of the public databases, each needing several tables. They were written before ranking was tuned on them.</summary>
public static class PublicQuestions
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<SearchQuestion> All { get; } =
    [
        .. DataText.ReadLines("public-questions.txt").Select((line, index) =>
        {
            var parts = line.Split(" | ");
            return new SearchQuestion { Number = index + 1, Database = parts[0], Text = parts[1], Tables = parts[2].Split(' ') };
        }),
    ];
}
