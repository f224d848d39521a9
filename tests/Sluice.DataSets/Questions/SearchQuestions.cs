using System.Text.Json;

namespace Sluice.DataSets.Questions;

/// <summary>The labelled questions. They were written before any ranking was.</summary>
public static class SearchQuestions
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SearchQuestion> All { get; } = Read();

    private static List<SearchQuestion> Read()
    {
        using var stream = typeof(SearchQuestions).Assembly.GetManifestResourceStream("questions.json")!;
        return JsonSerializer.Deserialize<List<SearchQuestion>>(stream, Options)!;
    }
}
