using System.Runtime.CompilerServices;
using Inventory;
using Inventory.Account;
using Sluice.Data;
using Spectre.Console;

namespace Analyst;

/// <summary>Opens a database, learns what is in it, and has questions answered.</summary>
internal sealed class Analysis(Options options, string model, IAnsiConsole console)
{
    private const string Thread = "questions";

    /// <summary>Runs it and tells it.</summary>
    /// <param name="source">The database; null: the generated one of the example Inventory.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(DatabaseSource? source, CancellationToken cancellationToken)
    {
        source ??= await RetailAsync(console, cancellationToken);
        var folder = Directory.CreateDirectory(options.DataFolder ?? DefaultFolder.Of("analyst")).FullName;
        await using var data = await source.ToEnvironment(folder).OpenAsync([new SqliteDataProvider(), new PostgresDataProvider()], cancellationToken: cancellationToken);
        var database = await KnownDatabase.LearnAsync(data, source.DatabaseId, console, cancellationToken);
        var account = new AnalysisAccount(console, options.IsLive, options.ShowEvents);
        account.Tell(database);
        await using var runtime = SluiceRuntime.Create(AnalystAgent.Spec(model), RuntimeOptions(data, options.IsLive ? Interpreter.Live : Interpreter.Scripted));
        var failed = false;
        await foreach (var question in QuestionsAsync(data, database, cancellationToken))
            failed |= !await AnswerAsync(runtime, question, account, cancellationToken);
        return failed ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>How the agent's spec is run, whoever starts it.</summary>
    public static RuntimeOptions RuntimeOptions(OpenDataEnvironment data, Interpreter interpreter) => new()
    {
        Interpreter = interpreter,
        ModelProviders = [new OpenAIModelProvider()],
        DataEnvironment = data,
        Limits = new() { Turns = 40, CostUsd = 2 },
    };

    /// <summary>The generated database of the example Inventory, which is built when it is missing.</summary>
    public static async Task<DatabaseSource> RetailAsync(IAnsiConsole console, CancellationToken cancellationToken)
    {
        var retail = await RetailBuild.OpenAsync(DefaultFolder.Of("inventory"), console, cancellationToken);
        return DatabaseSource.OfUrl($"sqlite:{retail.DatabasePath}");
    }

    private IAsyncEnumerable<Question> QuestionsAsync(OpenDataEnvironment data, KnownDatabase database, CancellationToken cancellationToken) => options switch
    {
        { IsLive: true, Questions.Count: 0 } => TypedAsync(cancellationToken),
        { IsLive: true } => options.Questions.Select(question => new Question(question)).ToAsyncEnumerable(),
        { Questions.Count: 0 } => new SuggestedQuestions(database).All().ToAsyncEnumerable(),
        _ => options.Questions.ToAsyncEnumerable().Select((string text, CancellationToken token) => new ValueTask<Question>(GivenQuestion.OfAsync(text, data, token))),
    };

    /// <summary>Whatever somebody types, until an empty line or the end of the input.</summary>
    private async IAsyncEnumerable<Question> TypedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var input = TerminalInput.Open(console);
        while (true)
        {
            console.WriteLine();
            console.Write("Your question (an empty line ends): ");
            if ((await input.ReadLineAsync(cancellationToken))?.Trim() is not { Length: > 0 } typed) yield break;
            yield return new(typed);
        }
    }

    /// <summary>Has a question answered on the thread of those before it, so that one may refer to another.</summary>
    /// <returns>Whether it went well.</returns>
    private static async Task<bool> AnswerAsync(SluiceRuntime runtime, Question question, AnalysisAccount account, CancellationToken cancellationToken)
    {
        account.Begin(question);
        var failed = false;
        await foreach (var e in runtime.RunSpecialistAsync(AnalystAgent.Name, question.Prompt, Thread, cancellationToken: cancellationToken))
        {
            account.Add(e);
            failed |= e is ErrorEvent;
        }

        cancellationToken.ThrowIfCancellationRequested();
        account.End();
        return !failed;
    }
}
