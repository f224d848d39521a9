using System.Text.Json;

namespace Sluice.Tests.Tools;

/// <summary>A call's surroundings without a runtime: services and a token, and nothing to store in.</summary>
internal sealed class RecordingToolContext(IServiceProvider? services = null, CancellationToken cancellationToken = default) : ToolContext
{
    public List<(string Type, JsonElement Data)> Emitted { get; } = [];

    public override string ToolUseId => "call-1";

    public override string RunId => "run-1";

    public override string ThreadId => "thread-1";

    public override string Agent => "agent";

    public override TenantSpec Tenant { get; } = new() { ResourceId = "acme", Version = "v1" };

    public override IServiceProvider Services { get; } = services ?? new NoServices();

    public override IReferences References => throw new NotSupportedException();

    public override IProgress<ToolProgress> Progress => throw new NotSupportedException();

    public override int Attempt => 1;

    public override string IdempotencyKey => "key-1";

    public override CancellationToken CancellationToken { get; } = cancellationToken;

    public override void Emit(string eventType, JsonElement data) => Emitted.Add((eventType, data));

    public override void RegisterFile(string name, string mediaType, ReferenceHandle reference) => throw new NotSupportedException();

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
