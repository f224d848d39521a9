namespace Sluice.Tests.Snippets;

public static class EvalsCommandLine
{
    private static readonly RuntimeSpec Spec = Define.Runtime(Define.Tenant("shop", "1"), [Define.Specialist("clerk", "claude-haiku-4-5", "You look after the stock.")]);

    // snippet: evals-command-line-app
    [SluiceApp]
    public static App App { get; } = Define.App("shop", Spec, request => SluiceRuntime.Create(Spec, request.Apply(new())));
    // end

    public static App WithData(Func<TestCase, Task<IAsyncDisposable>> openData) => Define.App("shop", Spec, (request, _) =>
    {
        // snippet: evals-command-line-subjects
        var app = new OpenApp(SluiceRuntime.Create(Spec, request.Apply(new())))
        {
            EvalSubjects = async (testCase, sample, cancellationToken) =>
            {
                var data = await openData(testCase);
                var runtime = SluiceRuntime.Create(Spec, request.Apply(new()));
                return new EvalSubject(runtime, async () =>
                {
                    await runtime.DisposeAsync();
                    await data.DisposeAsync();
                });
            },
        };
        // end
        return Task.FromResult(app);
    });
}
