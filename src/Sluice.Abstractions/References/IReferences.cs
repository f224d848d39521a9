using System.Text.Json;

namespace Sluice;

/// <summary>The tenant's stored values. Failures are <see cref="SluiceException"/> with a <c>reference_*</c> code.</summary>
public interface IReferences
{
    /// <summary>Stores a value and returns its handle and glimpse. The same value gives the same handle and extends its life.</summary>
    /// <param name="spec">The kind; it must be registered with the runtime.</param>
    /// <param name="value">The value; it must satisfy the kind's schema.</param>
    /// <param name="glimpse">A glimpse to keep instead of the one the spec computes.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<ReferenceEnvelope> CreateAsync<T>(
        ReferenceSpec<T> spec, T value, object? glimpse = null, CancellationToken cancellationToken = default);

    /// <summary>Stores a JSON value under a kind by name.</summary>
    /// <param name="kind">The name of a registered kind.</param>
    /// <param name="value">The value; it must satisfy the kind's schema.</param>
    /// <param name="glimpse">A glimpse to keep instead of the one the spec computes.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<ReferenceEnvelope> CreateAsync(
        string kind, JsonElement value, object? glimpse = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the full value as JSON.</summary>
    ValueTask<JsonElement> ResolveAsync(ReferenceHandle reference, CancellationToken cancellationToken = default);

    /// <summary>Reads the full value as <typeparamref name="T"/>.</summary>
    ValueTask<T> ResolveAsync<T>(ReferenceHandle reference, CancellationToken cancellationToken = default);

    /// <summary>Reads the envelope with the glimpse, not the value.</summary>
    ValueTask<ReferenceEnvelope> GlimpseAsync(ReferenceHandle reference, CancellationToken cancellationToken = default);
}
