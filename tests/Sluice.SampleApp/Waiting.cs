using Sluice;

namespace SampleApp;

/// <summary>An app whose tool asks first, and whose runs leave memory at once while they wait.</summary>
public static class Waiting
{
    private static readonly RuntimeSpec Spec = Define.Runtime(Define.Tenant("sample", "1"), [Define.Specialist(
        "solo", "model-s", "You publish.",
        tools: [Define.Tool<Question, string>("publish", "Publishes.", (_, _) => Task.FromResult("published"), approval: Approval.Always)])]);

    public static App App { get; } = Define.App(
        "waiting", Spec, request => SluiceRuntime.Create(Spec, request.Apply(new() { Limits = new() { SuspendAfter = TimeSpan.Zero } })));
}
