package io.hermes.registry;

import io.hermes.contract.provider.BudgetLease;
import io.hermes.contract.provider.BudgetRequest;
import io.hermes.contract.provider.ClaimRelease;
import io.hermes.contract.provider.ClaimRequest;
import io.hermes.contract.provider.MeasuredCapabilities;
import io.hermes.contract.provider.ProviderChanged;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.contract.provider.StoreHealth;
import io.hermes.edge.problem.Violation;
import io.hermes.registry.audit.AuditEvent;
import io.hermes.registry.audit.AuditPage;
import io.hermes.registry.declared.FileView;
import io.hermes.registry.health.ProviderHealth;
import io.hermes.registry.limit.Limits;
import io.hermes.registry.provider.Check;
import io.hermes.registry.provider.CreateProvider;
import io.hermes.registry.provider.DeclaredChange;
import io.hermes.registry.provider.DeclaredFault;
import io.hermes.registry.provider.HealthHistory;
import io.hermes.registry.provider.PatchProvider;
import io.hermes.registry.provider.ProviderPage;
import io.hermes.registry.provider.ProviderStatistics;
import io.hermes.registry.provider.ProviderView;
import io.hermes.registry.provider.Quota;
import io.hermes.registry.provider.QuotaView;
import io.hermes.registry.provider.ScanView;
import io.hermes.registry.provider.SecretsView;
import io.hermes.registry.provider.Share;
import io.hermes.registry.provider.StatisticsOverview;
import io.hermes.registry.provider.TestProvider;
import io.hermes.registry.provider.TestResult;
import io.hermes.registry.provider.Usage;
import io.hermes.registry.type.ProviderTypePage;
import io.hermes.registry.type.ProviderTypeView;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What Jackson and Hibernate read and write by reflection, for the native image. */
@RegisterForReflection(
        targets = {
            BudgetLease.class,
            BudgetRequest.class,
            ClaimRelease.class,
            ClaimRequest.class,
            MeasuredCapabilities.class,
            ProviderChanged.class,
            ResolvedProvider.class,
            StoreHealth.class,
            Violation.class,
            AuditEvent.class,
            AuditPage.class,
            ProviderHealth.class,
            Check.class,
            HealthHistory.class,
            HealthHistory.Look.class,
            CreateProvider.class,
            PatchProvider.class,
            ProviderPage.class,
            ProviderStatistics.class,
            ProviderView.class,
            ProviderView.Health.class,
            ProviderView.UsedBy.class,
            Limits.class,
            Quota.class,
            QuotaView.class,
            ScanView.class,
            Share.class,
            StatisticsOverview.class,
            StatisticsOverview.Sum.class,
            Usage.class,
            Usage.Claim.class,
            TestProvider.class,
            TestResult.class,
            DeclaredChange.class,
            DeclaredFault.class,
            FileView.class,
            ProviderTypePage.class,
            ProviderTypeView.class,
            ProviderTypeView.Group.class,
            ProviderTypeView.UiHints.class,
            SecretsView.class,
            SecretsView.Key.class
        })
final class NativeImage {

    private NativeImage() {}
}
