using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sluice.Json;
using Sluice.JsonSchemas;
using Sluice.Runtime.Composition;
using Sluice.Runtime.Drift;
using Sluice.Storage;

namespace Sluice.Runtime.References;

/// <summary>The tenant's stored values: checks, names, summarises and stores them, and reads them back.</summary>
internal sealed class TenantReferences
{
    private const int IdHexDigits = 32;
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = CanonicalJson.MaxDepth };
    private static readonly TimeSpan ToolResultTtl = TimeSpan.FromDays(7);
    private readonly IReferenceStore _store;
    private readonly TenantSpec _tenant;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, CompiledReference> _kinds;

    public TenantReferences(RuntimeSpec spec, IReferenceStore store, TimeProvider time, IReadOnlyList<ReferenceSpec>? ofToolkits = null)
    {
        (_store, _tenant, _time) = (store, spec.Tenant, time);
        _kinds = spec.References.ToDictionary(
            reference => reference.Name, reference => new CompiledReference(reference, JsonSchema.Compile(reference.Schema)), StringComparer.Ordinal);
        foreach (var reference in ofToolkits ?? []) _kinds.TryAdd(reference.Name, new(reference, JsonSchema.Compile(reference.Schema)));
        var anything = JsonElement.Parse("true");
        _kinds.TryAdd(ReferenceSpec.ToolResult, new(
            new() { Name = ReferenceSpec.ToolResult, Schema = anything, Ttl = ToolResultTtl }, JsonSchema.Compile(anything)));
    }

    public ValueTask<ReferenceEnvelope> CreateAsync<T>(ReferenceSpec<T> spec, T value, object? glimpse, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var kind = Find(spec.Name);
        var element = JsonSerializer.SerializeToElement(value, SluiceJson.Options);
        return StoreAsync(kind, element, () => glimpse ?? Summarise(kind.Spec, value, element), cancellationToken);
    }

    public ValueTask<ReferenceEnvelope> CreateAsync(string kind, JsonElement value, object? glimpse, CancellationToken cancellationToken)
    {
        var found = Find(kind);
        return StoreAsync(found, value, () => glimpse ?? SummariseJson(found.Spec, value), cancellationToken);
    }

    public ValueTask<JsonElement> ResolveAsync(ReferenceHandle reference, CancellationToken cancellationToken) =>
        ResolveAsync(reference, null, cancellationToken);

    /// <summary>Reads a value that had not expired at a time; null: now.</summary>
    public async ValueTask<JsonElement> ResolveAsync(ReferenceHandle reference, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var (envelope, stream) = await OpenAsync(reference, asOf, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            // One array of the right size, which the document keeps: a large value is not copied again.
            var bytes = new byte[envelope.Bytes];
            await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            return JsonDocument.Parse(bytes, AnyDepth).RootElement;
        }
    }

    public async ValueTask<T> ResolveAsync<T>(ReferenceHandle reference, CancellationToken cancellationToken)
    {
        var (_, stream) = await OpenAsync(reference, null, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
            return (await JsonSerializer.DeserializeAsync<T>(stream, SluiceJson.Options, cancellationToken).ConfigureAwait(false))!;
    }

    public ValueTask<ReferenceEnvelope> GlimpseAsync(ReferenceHandle reference, CancellationToken cancellationToken) =>
        GlimpseAsync(reference, null, cancellationToken);

    /// <summary>Finds a value by its id alone, which is of one kind only; null when there is none, or it has expired.</summary>
    public async ValueTask<ReferenceEnvelope?> FindAsync(string id, CancellationToken cancellationToken)
    {
        foreach (var kind in _kinds.Keys.Order(StringComparer.Ordinal))
        {
            var envelope = await _store.GetAsync(_tenant, new() { Kind = kind, Id = id }, cancellationToken).ConfigureAwait(false);
            if (envelope is not null) return envelope.ExpiresAt <= _time.GetUtcNow() ? null : envelope;
        }

        return null;
    }

    private async ValueTask<ReferenceEnvelope> GlimpseAsync(ReferenceHandle reference, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        // Definitions share the store with values, and are no value that anybody was given a handle to.
        if (reference.Kind == SpecDefinition.Kind) throw NotFound(reference);
        var envelope = await _store.GetAsync(_tenant, reference, cancellationToken).ConfigureAwait(false) ?? throw NotFound(reference);
        return envelope.ExpiresAt <= (asOf ?? _time.GetUtcNow())
            ? throw new SluiceException(
                ErrorCodes.ReferenceExpired, $"Reference '{reference.Id}' of kind '{reference.Kind}' expired at {envelope.ExpiresAt:u}. Create it again.")
            : envelope;
    }

    private async ValueTask<(ReferenceEnvelope Envelope, Stream Value)> OpenAsync(
        ReferenceHandle reference, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var envelope = await GlimpseAsync(reference, asOf, cancellationToken).ConfigureAwait(false);
        return (envelope, await _store.OpenAsync(_tenant, reference, cancellationToken).ConfigureAwait(false) ?? throw NotFound(reference));
    }

    private async ValueTask<ReferenceEnvelope> StoreAsync(
        CompiledReference kind, JsonElement value, Func<object?> glimpse, CancellationToken cancellationToken)
    {
        var name = kind.Spec.Name;
        if (kind.Schema.Validate(value) is { Count: > 0 } violations)
        {
            throw new SluiceException(
                ErrorCodes.InvalidReference,
                $"The value does not fit reference kind '{name}':\n{string.Join('\n', violations.Select(violation => $"- {violation}"))}");
        }

        var summary = Glimpses.ToJson(name, glimpse);
        var (id, bytes) = await IdentifyAsync(name, value, cancellationToken).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        var envelope = new ReferenceEnvelope
        {
            Kind = name,
            Id = id,
            Glimpse = summary,
            Bytes = bytes,
            CreatedAt = now,
            ExpiresAt = kind.Spec.Ttl is { } ttl ? now + ttl : null,
        };
        return await _store.PutAsync(
            _tenant, envelope, async (stream, token) => await CanonicalJson.WriteAsync(value, stream, token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary><c>ref-</c> and the first 32 hex digits of SHA-256 over the kind, a line feed, and the canonical JSON of the value.</summary>
    private static async ValueTask<(string Id, long Bytes)> IdentifyAsync(string kind, JsonElement value, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(kind));
        hash.AppendData("\n"u8);
        var stream = new HashingStream(hash);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                await CanonicalJson.WriteAsync(value, stream, cancellationToken).ConfigureAwait(false);
            }
            catch (JsonException exception)
            {
                throw new SluiceException(
                    ErrorCodes.InvalidReference, $"The value cannot be stored under reference kind '{kind}'. {exception.Message}", exception);
            }
        }

        return ($"ref-{Convert.ToHexStringLower(hash.GetCurrentHash())[..IdHexDigits]}", stream.Length);
    }

    private CompiledReference Find(string kind) => _kinds.GetValueOrDefault(kind) ?? throw new SluiceException(
        ErrorCodes.UnknownReferenceKind,
        $"Reference kind '{kind}' is not registered. Registered: {string.Join(", ", _kinds.Keys.Order(StringComparer.Ordinal))}.");

    private static object? Summarise<T>(ReferenceSpec spec, T value, JsonElement element) =>
        spec.Glimpse is { } glimpse && value is not null ? glimpse(value) : Glimpses.Default(element);

    /// <summary>A glimpse function wants the C# value, also when only its JSON is at hand.</summary>
    private static object? SummariseJson(ReferenceSpec spec, JsonElement value) =>
        spec is { Glimpse: { } glimpse, ValueType: { } type } && value.Deserialize(type, SluiceJson.Options) is { } typed
            ? glimpse(typed)
            : Glimpses.Default(value);

    private static SluiceException NotFound(ReferenceHandle reference) =>
        new(ErrorCodes.ReferenceNotFound, $"There is no reference '{reference.Id}' of kind '{reference.Kind}'.");
}
