using System.Text.Json;
using Inventory;
using Sluice.Data;

namespace Analyst;

/// <summary>Serves the example as a web page: <c>studio</c> as the first argument.</summary>
internal static class StudioProgram
{
    public const string Name = "studio";

    private static readonly string[] Own = ["--data", "--database", "--database-env", "--live", "--model", "--schema"];

    /// <summary>Divides arguments into those that say what is asked about, and Studio's.</summary>
    public static (IReadOnlyList<string> Analyst, string[] Studio) Divide(IEnumerable<string> arguments)
    {
        var (analyst, studio) = (new List<string>(), new List<string>());
        var current = studio;
        foreach (var argument in arguments)
        {
            if (argument.StartsWith('-')) current = Own.Contains(argument.Split('=', 2)[0]) ? analyst : studio;
            current.Add(argument);
        }

        return (analyst, [.. studio]);
    }

    /// <summary>Looks at the database and serves the page until it is stopped.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Options options, string model, DatabaseSource? source, string[] arguments, CancellationToken cancellationToken)
    {
        var console = Terminal.Open();
        source ??= await Analysis.RetailAsync(console, cancellationToken);
        var folder = Directory.CreateDirectory(options.DataFolder ?? DefaultFolder.Of("analyst")).FullName;
        await using var data = await source.ToEnvironment(folder).OpenAsync([new SqliteDataProvider(), new PostgresDataProvider()], cancellationToken: cancellationToken);
        var database = await KnownDatabase.LearnAsync(data, source.DatabaseId, console, cancellationToken);
        List<Question> questions = [.. new SuggestedQuestions(database).All()];
        var app = Define.App(
            "analyst",
            AnalystAgent.Spec(model),
            request => SluiceRuntime.Create(AnalystAgent.Spec(model), request.Apply(Analysis.RuntimeOptions(data, InterpreterOf(options, questions)))),
            new Dictionary<string, object?> { ["prompts"] = questions.Select(question => new { title = question.Text, prompt = question.Text }) });
        var ownStore = arguments.Any(argument => argument.StartsWith("--store", StringComparison.Ordinal));
        return await app.RunStudioAsync(ownStore ? arguments : ["--store", Path.Combine(folder, "studio.db"), .. arguments], cancellationToken);
    }

    private static Interpreter InterpreterOf(Options options, IReadOnlyList<Question> questions) => options.IsLive
        ? Interpreter.Live
        : Interpreter.ScriptedFor((prompt, results) => prompt.StartsWith('{') ? null
            : questions.FirstOrDefault(question => question.Text == prompt)?.Script ?? Given(prompt, results));

    /// <summary>For a question that nobody foresaw, as far as the search comes.</summary>
    private static Script Given(string prompt, IReadOnlyList<JsonElement> results) => results.Count == 0
        ? Script.Of(GivenQuestion.Search(prompt))
        : GivenQuestion.ScriptOf(
            prompt,
            results[0].TryGetProperty("untrustedData", out var found) && found.TryGetProperty("candidates", out var candidates) && candidates.GetArrayLength() > 0);
}
