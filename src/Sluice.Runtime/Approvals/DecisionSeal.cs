using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sluice.Json;
using Sluice.Storage;

namespace Sluice.Runtime.Approvals;

/// <summary>Binds a decision to what was asked, so that a changed row is noticed: HMAC-SHA256 with the tenant's key.</summary>
internal sealed class DecisionSeal(IApprovalStore store, TenantSpec tenant)
{
    // A reference, since runs and deciders set it and read it at once: a struct could be seen half written.
    private byte[]? _key;

    public async ValueTask<string> SealAsync(ApprovalRequest request, ApprovalDecision decision)
    {
        _key ??= (await store.GetSigningKeyAsync(tenant, CancellationToken.None).ConfigureAwait(false)).ToArray();
        var sealedFields = JsonSerializer.SerializeToElement(
            new
            {
                request.Id,
                request.Digest,
                decision.Outcome,
                decision.Feedback,
                decision.Partial,
                decision.DecidedBy,
                decision.Grant,
                at = decision.At.ToUnixTimeMilliseconds(),
            },
            SluiceJson.Options);
        return Convert.ToHexStringLower(HMACSHA256.HashData(_key, CanonicalJson.ToUtf8(sealedFields)));
    }

    public async ValueTask<bool> IsGenuineAsync(ApprovalRequest request, ApprovalDecision decision) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(await SealAsync(request, decision).ConfigureAwait(false)), Encoding.ASCII.GetBytes(decision.Mac));
}
